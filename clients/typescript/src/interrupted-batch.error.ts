import type { ItemResult } from './item-result.js';

/** A batch ended before its end. The results are those of its first events, in order; the cause says what ended it. */
export class InterruptedBatchError extends Error {
  override readonly name = 'InterruptedBatchError';

  constructor(
    readonly results: readonly ItemResult[],
    cause: unknown,
  ) {
    super(`The batch ended after ${results.length} events; publish the others again.`, { cause });
  }
}
