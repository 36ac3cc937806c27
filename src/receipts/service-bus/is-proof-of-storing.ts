import { isKept } from '../../outbox/receipt.js';
import type { TakeResult } from '../receipts.service.js';

/** Whether the store has just written: of what is not kept it was read at most, and what can be read need not be writable. Pure. */
export function isProofOfStoring(take: TakeResult): boolean {
  return take.kind === 'taken' && isKept(take.result);
}
