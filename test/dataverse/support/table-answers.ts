import type { Patience } from '../../../src/dataverse/repeat/patience.js';
import { type Answering, status } from './hostile-cloud.js';

/** As patient as need be, without a test that waits: only what servers ask for takes time. */
export const QUICK: Patience = { repeats: 3, waitMs: 5_000, firstWaitMs: 1 };

export const ID = '0199d1a2-0000-7000-8000-000000000001';

export const NOT_THERE = refusal(404, '0x80040217', 'catalog With Id = x Does Not Exist');

/** One page of rows. */
export function rows(value: readonly unknown[], next?: string): Answering {
  return status(200, {}, JSON.stringify({ value, ...(next === undefined ? {} : { '@odata.nextLink': next }) }));
}

/** Dataverse's error document. */
export function refusal(code: number, hex: string, message = 'words', headers = {}): Answering {
  return status(code, headers, JSON.stringify({ error: { code: hex, message } }));
}
