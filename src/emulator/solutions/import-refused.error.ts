import type { Refusal } from '../tables/write-result.js';

/** An import ends, and nothing of it stays; what the caller is told. */
export class ImportRefusedError extends Error {
  override readonly name = 'ImportRefusedError';

  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}
