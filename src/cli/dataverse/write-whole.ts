import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { whyNotWritten } from './why-not-written.js';

/**
 * Writes a file whole or not at all: a former one stays until the new one replaces it. Throws `CommandError` where the
 * system refuses. If the process is killed in between, a file stays that `isPartOf` recognizes.
 */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const part = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeDurably(part, content);
    await rename(part, file);
  } catch (error) {
    // The first failure is reported.
    await rm(part, { force: true }).catch(() => undefined);
    throw whyNotWritten(error, file);
  }
}

/** Whether a path is a file that a killed `writeWhole` left. */
export function isPartOf(file: string, path: string): boolean {
  return path.startsWith(`${file}.`) && /^\.[0-9a-f-]{36}\.part$/.test(path.slice(file.length));
}

async function writeDurably(file: string, content: Uint8Array | string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
