import type { CliContext } from '../cli-context.js';
import { withStore } from '../with-store.js';
import { RecreationGates } from './recreation-gates.js';

/**
 * Works with the gates of the gateway's store. Rejects where the store cannot be reached, or as the work does; failing
 * to close the store afterwards undoes nothing.
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
