import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { withStore } from '../with-store.js';
import { RecreationGates } from './recreation-gates.js';

/**
 * Works with the gates of the gateway's store. Throws `CommandError` where the store is out of reach: nothing was changed
 * then.
 */
export async function withRecreationGates<T>(
  context: CliContext,
  work: (gates: RecreationGates) => Promise<T>,
): Promise<T> {
  let isOpen = false;
  try {
    return await withStore(context, async (store) => {
      isOpen = true;
      const gates = new RecreationGates(store);
      try {
        return await work(gates);
      } finally {
        gates.stop();
      }
    });
  } catch (error) {
    if (isOpen) throw error;
    throw new CommandError(ExitCode.Refused, outOfReach(error));
  }
}

function outOfReach(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return (
    `The gateway's store is out of reach: ${why}\n` +
    'While a custom API is recreated, the gate of its event type has to be paused there, or calls would meet the gap. Give ' +
    'DATABASE_URL; or pause the gate where the gateway runs (`gates pause type:<event type>`) and say --without-gate. ' +
    'Nothing was changed.'
  );
}
