import { InvalidArgumentError } from 'commander';

const MAX_RATE = 1_000_000;

/**
 * How much a client may send per second; `none` is a word of its own, for Commander turns an option that is null into
 * ''.
 */
export type WantedRate = number | 'none';

/** Reads how much a client may send per second. */
export function readRate(text: string): WantedRate {
  if (text === 'none') return text;
  const rate = Number(text);
  if (/^\d{1,7}$/.test(text) && rate >= 1 && rate <= MAX_RATE) return rate;
  throw new InvalidArgumentError(`It is a whole number from 1 to ${MAX_RATE}, or none.`);
}
