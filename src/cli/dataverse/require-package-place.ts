import { open, stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/**
 * Throws `CommandError` where a package must not be written to `file`: a file that is no zip is there, or the place is
 * in the unpacked folder, which contains an export's own files only.
 */
export async function requirePackagePlace(file: string, folder: string | null): Promise<void> {
  if (folder !== null && isWithin(folder, file)) {
    throw new CommandError(ExitCode.Usage, '--zip lies in --folder, which holds the unpacked files and nothing else.');
  }
  if (await isFreeOrZip(file)) return;
  throw new CommandError(
    ExitCode.Refused,
    `${file} is there and is no zip: name another file, or remove it. Nothing was written.`,
  );
}

function isWithin(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

async function isFreeOrZip(file: string): Promise<boolean> {
  const status = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (status === null) return true;
  return status.isFile() && (await firstBytesOf(file)).equals(SIGNATURE);
}

/** The first bytes of a zip. */
const SIGNATURE = Buffer.from('PK\u0003\u0004', 'latin1');

async function firstBytesOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SIGNATURE.length), 0, SIGNATURE.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
