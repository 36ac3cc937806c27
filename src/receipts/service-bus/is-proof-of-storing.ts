import { isKept } from '../../outbox/receipt.js';
import type { TakeResult } from '../receipts.service.js';

/**
 * Whether the result proves that the store can write: other results only needed reading, which may work without
 * writing. Pure.
 */
export function isProofOfStoring(take: TakeResult): boolean {
  return take.kind === 'taken' && isKept(take.result);
}
