import type { CliContext } from '../cli-context.js';
import { withStore } from '../with-store.js';
import { RecreationGates } from './recreation-gates.js';

/**
 * Works with the gates of the gateway's store. Rejects where it is out of reach, or as the work does; a store that cannot
 * be closed any more takes nothing back.
 */
export async function withRecreationGates<T>(
  context: CliContext,
  work: (gates: RecreationGates) => Promise<T>,
): Promise<T> {
  const results: T[] = [];
  try {
    await withStore(context, async (store) => {
      const gates = new RecreationGates(store);
      try {
        results.push(await work(gates));
      } finally {
        gates.stop();
      }
    });
  } catch (error) {
    if (results.length === 0) throw error;
  }
  return results[0] as T;
}
