import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backoff } from './backoff.js';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('backoff', () => {
  it.each([
    [1, 1_000, 2_000],
    [2, 2_000, 4_000],
    [3, 4_000, 8_000],
    [4, 8_000, 16_000],
    [9, 256_000, 512_000],
    [10, 450_000, 900_000],
    [11, 450_000, 900_000],
    [1_000_000, 450_000, 900_000],
  ])('waits after %i attempts from %i to %i ms', (attempts, shortest, longest) => {
    expect(backoff(attempts, () => 0)).toBe(shortest);
    expect(backoff(attempts, () => 0.999_999_999)).toBe(longest);
    expect(backoff(attempts, () => 0.5)).toBe((shortest + longest) / 2);
  });

  it('stays within half of its step and the whole of it, in whole milliseconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), chance, (attempts, random) => {
        const step = Math.min(900_000, 2_000 * 2 ** (attempts - 1));
        const wait = backoff(attempts, () => random);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(step / 2);
        expect(wait).toBeLessThanOrEqual(step);
      }),
    );
  });

  it('never waits less after more attempts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), chance, (attempts, random) => {
        expect(backoff(attempts + 1, () => random)).toBeGreaterThanOrEqual(backoff(attempts, () => random));
      }),
    );
  });
});
