import { describe, expect, it } from '@jest/globals';
import { type BatchSize, carryOne, fullBatch, grow, isSlow, shrink } from './batch-size.js';

const NOW = 1_000_000;
const TEN = fullBatch(10, NOW);

describe('the size of a batch', () => {
  it('is the most that is allowed until there is a reason against it', () => {
    expect(TEN).toEqual({ limit: 10, changedAt: NOW, patienceMs: 10_000 });
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
    expect(shrink({ ...TEN, limit }, NOW, NOW + 5)).toEqual({ ...TEN, limit: half, changedAt: NOW + 5 });
  });

  it('is halved once by the calls that were under way together', () => {
    const halved = shrink(TEN, NOW, NOW + 100);
    expect(shrink(halved, NOW + 99, NOW + 120)).toBe(halved);
    expect(shrink(halved, NOW + 100, NOW + 120).limit).toBe(2);
  });

  describe('that was halved', () => {
    const FIVE: BatchSize = { ...TEN, limit: 5 };
    const grown = (size: BatchSize, carried: number, afterMs: number) =>
      grow(size, carried, { most: 10, now: NOW + afterMs });

    it('gains one after ten seconds', () => {
      expect(grown(FIVE, 5, 9_999)).toBe(FIVE);
      expect(grown(FIVE, 5, 10_000)).toEqual({ ...FIVE, limit: 6, changedAt: NOW + 10_000 });
    });

    it('gains nothing by calls that are smaller than may be', () => {
      expect(grown(FIVE, 4, 60_000)).toBe(FIVE);
      expect(grown(FIVE, 6, 60_000).limit).toBe(6);
    });

    it('ends at the most that is allowed', () => {
      expect(grown(TEN, 10, 60_000)).toBe(TEN);
      expect(grown({ ...FIVE, limit: 9 }, 9, 60_000).limit).toBe(10);
    });
  });

  describe('that was refused as such', () => {
    const MINUTE = 60_000;
    const ONE = carryOne(TEN, NOW);
    const afterRefusals = (times: number) => {
      let size = TEN;
      for (let time = 0; time < times; time += 1) size = carryOne({ ...size, limit: 2 }, NOW);
      return size;
    };

    it('is one at once, and once for all that were under way', () => {
      expect(ONE).toEqual({ limit: 1, changedAt: NOW, patienceMs: MINUTE });
      expect(carryOne(ONE, NOW + 5)).toBe(ONE);
    });

    it('is two after a minute, and from there on gains one after ten seconds', () => {
      expect(grow(ONE, 1, { most: 10, now: NOW + MINUTE - 1 })).toBe(ONE);
      const two = grow(ONE, 1, { most: 10, now: NOW + MINUTE });
      expect(two.limit).toBe(2);
      expect(grow(two, 2, { most: 10, now: NOW + MINUTE + 10_000 }).limit).toBe(3);
    });

    it.each([
      [1, 1],
      [2, 2],
      [3, 4],
      [6, 32],
      [7, 60],
      [20, 60],
    ])('is tried again ever more rarely: after %i times in %i minutes', (times, minutes) => {
      const size = afterRefusals(times);
      expect(grow(size, 1, { most: 10, now: NOW + minutes * MINUTE - 1 }).limit).toBe(1);
      expect(grow(size, 1, { most: 10, now: NOW + minutes * MINUTE }).limit).toBe(2);
    });

    it('is forgiven once one as large as may be was taken', () => {
      const full = { ...afterRefusals(3), limit: 10 };
      expect(grow(full, 9, { most: 10, now: NOW })).toBe(full);
      expect(grow(full, 10, { most: 10, now: NOW })).toEqual(TEN);
    });
  });
});
