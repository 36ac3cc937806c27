import { describe, expect, it } from '@jest/globals';
import { type BatchSize, fullBatch, grow, isSlow, shrink } from './batch-size.js';

const NOW = 1_000_000;
const TEN = fullBatch(10, NOW);

describe('the size of a batch', () => {
  it('is the most that is allowed until there is a reason against it', () => {
    expect(TEN).toEqual({ limit: 10, changedAt: NOW });
  });

  it('is too large for a call that takes ten seconds', () => {
    expect([isSlow(9_999), isSlow(10_000)]).toEqual([false, true]);
  });

  it.each([
    [10, 5],
    [5, 2],
    [3, 1],
    [2, 1],
    [1, 1],
  ])('is halved: %i becomes %i', (limit, half) => {
    expect(shrink({ limit, changedAt: NOW }, NOW, NOW + 5)).toEqual({ limit: half, changedAt: NOW + 5 });
  });

  it('is halved once by the calls that were under way together', () => {
    const halved = shrink(TEN, NOW, NOW + 100);
    expect(shrink(halved, NOW + 99, NOW + 120)).toBe(halved);
    expect(shrink(halved, NOW + 100, NOW + 120).limit).toBe(2);
  });

  describe('that was halved', () => {
    const FIVE: BatchSize = { limit: 5, changedAt: NOW };
    const grown = (size: BatchSize, carried: number, afterMs: number) =>
      grow(size, carried, { most: 10, now: NOW + afterMs });

    it('gains one after ten seconds', () => {
      expect(grown(FIVE, 5, 9_999)).toBe(FIVE);
      expect(grown(FIVE, 5, 10_000)).toEqual({ limit: 6, changedAt: NOW + 10_000 });
    });

    it('gains nothing by calls that are smaller than may be', () => {
      expect(grown(FIVE, 4, 60_000)).toBe(FIVE);
      expect(grown(FIVE, 6, 60_000).limit).toBe(6);
    });

    it('ends at the most that is allowed', () => {
      expect(grown(TEN, 10, 60_000)).toBe(TEN);
      expect(grown({ limit: 9, changedAt: NOW }, 9, 60_000).limit).toBe(10);
    });
  });
});
