import type { Contract } from './contract.js';
import { readStrictly } from './strict-reader.js';

/** What the contract says about a body: what must be answered, and what it means where it is taken. */
export type Verdict =
  | { readonly kind: 'accept'; readonly value: unknown }
  /** Two careful readers may differ. */
  | { readonly kind: 'either'; readonly value: unknown }
  | { readonly kind: 'refuse'; readonly status: 400 | 413 };

export const REFUSED: Verdict = { kind: 'refuse', status: 400 };

/** Judges the bytes of a body by the document's schema at a pointer, and by what is written beside it. */
export function verdictOn(contract: Contract, pointer: string, bytes: Buffer, mostBytes: number): Verdict {
  if (bytes.length > mostBytes) return { kind: 'refuse', status: 413 };
  const reading = readStrictly(bytes);
  if (reading.kind === 'malformed' || reading.forbidden.length > 0) return REFUSED;
  return verdictOnValue(contract, pointer, reading.value);
}

/** The same of what was read already. */
export function verdictOnValue(contract: Contract, pointer: string, value: unknown): Verdict {
  const verdict = contract.judge(pointer, value);
  return verdict === 'breaks' ? REFUSED : { kind: verdict === 'fits' ? 'accept' : 'either', value };
}
