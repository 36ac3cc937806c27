import { InvalidArgumentError } from 'commander';

const MAX_RATE = 1_000_000;

/** Reads how much a client may send per second; null for `none`. */
export function readRate(text: string): number | null {
  if (text === 'none') return null;
  const rate = Number(text);
  if (/^\d{1,7}$/.test(text) && rate >= 1 && rate <= MAX_RATE) return rate;
  throw new InvalidArgumentError(`It is a whole number from 1 to ${MAX_RATE}, or none.`);
}
