import type { Problem } from './problem.error.js';

/** What a 202 says; the generated types say more. */
export interface ItemReceipt {
  readonly id: string;
}

/** What became of one event of a batch. */
export interface ItemResult<R extends ItemReceipt = ItemReceipt> {
  readonly result: 'accepted' | 'repeated' | 'refused';
  /** Of an event accepted, or known before. */
  readonly receipt?: R;
  /** Of a refused event, as it would have been answered alone. */
  readonly problem?: Problem;
}
