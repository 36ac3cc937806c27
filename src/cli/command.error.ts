import type { ExitCode } from './exit-codes.js';

/** A command ends without having done what it was asked for; the message is for the person who typed it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message);
  }
}
