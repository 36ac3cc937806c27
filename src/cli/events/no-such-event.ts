import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/** The message for somebody who named an event that `store` does not have: perhaps another store was meant. */
export function noSuchEvent(store: string): CommandError {
  return new CommandError(ExitCode.NotFound, `There is no such event in this store (${store}).`);
}
