import type { Refusal } from '../tables/write-result.js';

/** An import ends, and nothing of it stays; with the message for the caller. */
export class ImportRefusedError extends Error {
  override readonly name = 'ImportRefusedError';

  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}
