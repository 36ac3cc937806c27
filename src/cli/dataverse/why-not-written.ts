import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The system's refusal to write a file, in words; every other error unchanged. */
export function whyNotWritten(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return error;
  const advice = FULL.has(code)
    ? 'The disk is full, or what this user may have of it: make room'
    : 'Let this user write there, or name another place';
  const message = `${file} cannot be written (${code}). ${advice}, and run the same command again.`;
  return new CommandError(ExitCode.Failure, message);
}
