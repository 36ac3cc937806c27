import { describe, expect, it } from '@jest/globals';
import { firstPace, halve, hinted, type Pace, quicken, slowStart } from './pace.js';

const CONCURRENCY = 40;
const NOW = 1_000_000;
const PACE: Pace = { ...firstPace(CONCURRENCY, NOW), limit: 10, threshold: 10 };

/** Calls that are delivered, all slots taken, one every so many ms; how the limit goes. */
function limits(pace: Pace, calls: number, everyMs: number): number[] {
  const seen: number[] = [];
  for (let call = 1, at = pace; call <= calls; call += 1) {
    at = quicken(at, { used: true }, { now: at.changedAt + everyMs, concurrency: CONCURRENCY });
    seen.push(at.limit);
  }
  return seen;
}

describe('the pace at the beginning', () => {
  it('is eight calls at once where nobody said more, and never more than the setting', () => {
    expect(firstPace(40, NOW)).toMatchObject({ limit: 8, since: 0, threshold: 8, ceiling: null, informed: false });
    expect(firstPace(3, NOW)).toMatchObject({ limit: 3, threshold: 3 });
  });

  it.each([
    [20, 20],
    [100, 40],
    [4, 4],
    [0, 1],
  ])('becomes what the first hint says, within bounds: %i is %i', (hint, limit) => {
    expect(hinted(firstPace(CONCURRENCY, NOW), hint, CONCURRENCY)).toMatchObject({ limit, threshold: limit });
  });

  it('takes the first hint only, and none once it has learnt', () => {
    const told = hinted(firstPace(CONCURRENCY, NOW), 20, CONCURRENCY);
    expect(hinted(told, 30, CONCURRENCY)).toBe(told);
    const learnt = halve(PACE, 10, NOW);
    expect(hinted(learnt, 30, CONCURRENCY)).toBe(learnt);
  });

  it('does not jump to the hint while it starts slowly, but doubles up to it', () => {
    const starting = slowStart(firstPace(CONCURRENCY, NOW), NOW);
    expect(hinted(starting, 20, CONCURRENCY)).toMatchObject({ limit: 1, threshold: 20, informed: true });
  });
});

describe('the pace after a closing', () => {
  it('begins with one and gains one with every delivered call, which doubles it with every round', () => {
    const starting = slowStart(PACE, NOW + 1);
    expect(starting).toMatchObject({ limit: 1, since: NOW + 1, threshold: 10, changedAt: NOW + 1 });
    expect(limits(starting, 10, 0)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 10]);
  });

  it('aims at where it was, though it closes again on the way there', () => {
    expect(slowStart(slowStart(PACE, NOW), NOW + 1).threshold).toBe(10);
    expect(slowStart({ ...PACE, limit: 14 }, NOW).threshold).toBe(14);
  });
});

describe('the pace of a steady user', () => {
  it('gains one every 200 ms while too many at once were never met', () => {
    expect(limits(PACE, 2, 199)).toEqual([10, 10]);
    expect(limits(PACE, 2, 200)).toEqual([11, 12]);
  });

  it('gains nothing while fewer calls are under way than may be', () => {
    expect(quicken(PACE, { used: false }, { now: NOW + 5_000, concurrency: CONCURRENCY })).toBe(PACE);
  });

  it('ends at the setting', () => {
    const full = { ...PACE, limit: 40, threshold: 50 };
    expect(quicken(full, { used: true }, { now: NOW + 5_000, concurrency: CONCURRENCY })).toBe(full);
    expect(limits({ ...PACE, limit: 39 }, 2, 200)).toEqual([40, 40]);
  });
});

describe('too many calls at once', () => {
  it('halve the pace, from what it aims at where it is starting', () => {
    expect(halve({ ...PACE, limit: 11 }, 12, NOW + 7)).toEqual({
      limit: 5,
      since: NOW + 7,
      threshold: 5,
      changedAt: NOW + 7,
      ceiling: 11,
      patienceMs: 60_000,
      informed: true,
    });
    expect(halve({ ...PACE, limit: 3, threshold: 20 }, 3, NOW)).toMatchObject({ limit: 10, threshold: 10 });
    expect(halve({ ...PACE, limit: 1, threshold: 1 }, 1, NOW)).toMatchObject({ limit: 1, threshold: 1, ceiling: 1 });
  });

  it('let it gain one a second up to one less than was too many, and then one a minute', () => {
    const pace = { ...halve(PACE, 7, NOW), limit: 5, threshold: 5 };
    expect(limits(pace, 1, 999)).toEqual([5]);
    expect(limits(pace, 2, 1_000)).toEqual([6, 6]);
    expect(limits({ ...pace, limit: 6 }, 1, 59_999)).toEqual([6]);
    expect(limits({ ...pace, limit: 6 }, 2, 60_000)).toEqual([7, 8]);
  });

  it('teach patience when they are met at the same height again: twice as long, up to 16 minutes', () => {
    let pace = halve(PACE, 11, NOW);
    const patience = [11, 11, 12, 11, 11, 11, 11].map((underWay) => {
      pace = halve(pace, underWay, NOW);
      return pace.patienceMs / 60_000;
    });
    expect(patience).toEqual([2, 4, 8, 1, 2, 4, 8]);
    expect(halve({ ...pace, ceiling: 10, patienceMs: 16 * 60_000 }, 11, NOW).patienceMs).toBe(16 * 60_000);
  });

  it('are forgotten as a height once fewer are too many: patience begins anew', () => {
    const before = { ...halve(PACE, 11, NOW), patienceMs: 480_000 };
    expect(halve(before, 10, NOW).patienceMs).toBe(60_000);
    expect(halve(before, 11, NOW).patienceMs).toBe(960_000);
  });
});
