import type { Taken } from '../receipts.service.js';

/** The results that have rows; of the others the store was read at most, and what can be read need not be writable. */
const STORED: readonly string[] = ['confirmed', 'accompanying', 'duplicate', 'outdated'];

/** Whether the store has just written. Pure. */
export function isProofOfStoring(taken: Taken): boolean {
  return taken.kind === 'taken' && STORED.includes(taken.result);
}
