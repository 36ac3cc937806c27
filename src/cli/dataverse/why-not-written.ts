import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the system refused while a file was written, as people are told it; every other error as it is. */
export function whyNotWritten(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return error;
  const advice = FULL.has(code)
    ? 'The disk is full, or what this user may have of it: make room'
    : 'Let this user write there, or name another place';
  const message = `${file} cannot be written (${code}). ${advice}, and run the same command again.`;
  return new CommandError(ExitCode.Failure, message);
}
