import { writeFile } from 'node:fs/promises';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/** Writes a new file; with `force` also over an existing one. */
export async function writeEventFile(file: string, text: string, force: boolean): Promise<void> {
  try {
    await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    throw inWords(error as NodeJS.ErrnoException, file);
  }
}

function inWords(error: NodeJS.ErrnoException, file: string): unknown {
  if (error.code === 'EEXIST') {
    return new CommandError(ExitCode.Refused, `${file} is there already; --force overwrites it. Nothing was written.`);
  }
  if (error.code === 'ENOENT') {
    const advice = 'Run this where the source stands, or say where to write with --out; --out - prints it.';
    return new CommandError(ExitCode.Usage, `The folder of ${file} does not exist. ${advice} Nothing was written.`);
  }
  if (typeof error.code !== 'string') return error;
  return new CommandError(ExitCode.Failure, `${file} cannot be written: ${error.message}.`);
}
