import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { ExitCode } from './exit-codes.js';

/**
 * Asks before many things are changed, or something is lost for good. `--yes` answers where nobody can be asked;
 * without it and without a terminal the answer is no. Throws `CommandError` for a no: nothing was changed then.
 */
export async function confirm(context: CliContext, question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (context.ask === null) {
    throw new CommandError(ExitCode.Refused, `${question} Nobody is there to say so: --yes does. Nothing was changed.`);
  }
  const answer = (await context.ask(`${question} [y/N] `)).trim().toLowerCase();
  if (answer !== 'y' && answer !== 'yes') throw new CommandError(ExitCode.Refused, 'Nothing was changed.');
}
