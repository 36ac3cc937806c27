import type { WishedCustomApi } from '../../dataverse/provisioning/wished/wished-state.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { findStore } from '../find-store.js';
import { withStore } from '../with-store.js';
import { type GateDeed, RecreationGates } from './recreation-gates.js';

/**
 * Lifts the pauses of an earlier run that was cut short while it recreated. Where there is no store here there is nothing
 * to lift; one that cannot be opened is told of, for what was asked for is done.
 */
export async function resumeLeftGates(
  context: CliContext,
  customApis: readonly WishedCustomApi[],
): Promise<readonly GateDeed[]> {
  if (!hasStore(context)) return [];
  try {
    return await withStore(context, async (store) => {
      const gates = new RecreationGates(store);
      try {
        return await gates.resume(customApis);
      } finally {
        gates.stop();
      }
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    context.stderr.write(
      `The gateway's store could not be looked into (${why}): if an earlier apply was cut short while it recreated a ` +
        'custom API, `gates list` shows the gate it left paused.\n',
    );
    return [];
  }
}

function hasStore(context: CliContext): boolean {
  try {
    findStore(context, false);
    return true;
  } catch (error) {
    if (error instanceof CommandError && error.exitCode === ExitCode.NotFound) return false;
    throw error;
  }
}
