import { describe, expect, it } from '@jest/globals';
import { SuspectedTypes } from './suspected-types.js';

const NOW = Date.UTC(2026, 0, 5, 8);
const ALL = () => true;

describe('suspected types', () => {
  it('are taken once', () => {
    const suspected = new SuspectedTypes();
    suspected.suspect('Sale', NOW);
    expect(suspected.take(NOW, ALL)).toEqual(['Sale']);
    expect(suspected.take(NOW + 60_000, ALL)).toEqual([]);
  });

  it('are suspected once in half a minute each', () => {
    const suspected = new SuspectedTypes();
    const takenAt = (now: number) => {
      suspected.suspect('Sale', now);
      return suspected.take(now, ALL);
    };
    expect(takenAt(NOW)).toEqual(['Sale']);
    expect(takenAt(NOW + 29_999)).toEqual([]);
    expect(takenAt(NOW + 30_000)).toEqual(['Sale']);
  });

  it('wait for each other: ten seconds lie between two looks', () => {
    const suspected = new SuspectedTypes();
    suspected.suspect('Sale', NOW);
    suspected.take(NOW, ALL);
    suspected.suspect('Refund', NOW + 1);
    suspected.suspect('Payment', NOW + 2);
    expect(suspected.take(NOW + 9_999, ALL)).toEqual([]);
    expect(suspected.take(NOW + 10_000, ALL)).toEqual(['Refund', 'Payment']);
  });

  it('that are not worth a look are dropped, and hold up no other', () => {
    const suspected = new SuspectedTypes();
    suspected.suspect('Sale', NOW);
    expect(suspected.take(NOW, () => false)).toEqual([]);
    suspected.suspect('Refund', NOW + 1);
    expect(suspected.take(NOW + 1, ALL)).toEqual(['Refund']);
  });

  it('are nothing to look at any more when all types are', () => {
    const suspected = new SuspectedTypes();
    suspected.suspect('Sale', NOW);
    suspected.clear();
    expect(suspected.take(NOW, ALL)).toEqual([]);
  });
});
