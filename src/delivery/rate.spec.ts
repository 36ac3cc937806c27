import { describe, expect, it } from '@jest/globals';
import { allowed, answered, currentRate, type Rate, spend, throttled, unknownRate, waitMs } from './rate.js';

const NOW = 1_000_000;
const PRESSED = { now: NOW, pressed: true };
/** As learnt: 100 a second, in a window that is not known to be longer than a second. */
const KNOWN: Rate = {
  perSecond: 100,
  heldMs: 0,
  patienceMs: 20_000,
  allowance: 0,
  at: NOW,
  spent: 0,
  tookMs: 0,
  from: NOW,
  sinceMs: null,
  horizonMs: 1_000,
  settlesAt: 0,
};

/** What is learnt from a throttle `afterMs` after `from`, with so much spent by then, when calls begin again. */
function learnt(rate: Rate, spent: number, { afterMs, retryAfterMs }: { afterMs: number; retryAfterMs: number }): Rate {
  const now = rate.from + afterMs;
  return spend(throttled({ ...rate, spent }, retryAfterMs, now), 0, { now: now + retryAfterMs, pressed: true });
}

describe('a rate that is not known', () => {
  it('holds nothing back', () => {
    const rate = unknownRate(NOW);
    expect([allowed(rate, NOW), waitMs(rate, NOW), currentRate(rate)]).toEqual([Infinity, 0, Infinity]);
    expect(spend(rate, 5, PRESSED)).toBe(rate);
  });

  it('is learnt from what was spent until the throttle lets calls begin again, less half a second of rounding', () => {
    expect(learnt(unknownRate(NOW), 600, { afterMs: 500, retryAfterMs: 10_000 })).toMatchObject({
      perSecond: 60,
      sinceMs: null,
      heldMs: 0,
      horizonMs: 10_500,
      patienceMs: 20_000,
      spent: 600,
      tookMs: 10_500,
      from: NOW + 10_500,
    });
  });

  it('is measured from when there was more work than was sent', () => {
    const idle = spend({ ...unknownRate(NOW), spent: 50 }, 1, { now: NOW + 9_000, pressed: false });
    expect(idle).toMatchObject({ spent: 0, tookMs: 0, from: NOW + 9_000, perSecond: Infinity });
    expect(learnt(idle, 100, { afterMs: 500, retryAfterMs: 1_000 }).perSecond).toBe(100);
  });

  it('stays unknown after fewer than ten, but what came is kept for the next time', () => {
    const first = learnt(unknownRate(NOW), 9, { afterMs: 500, retryAfterMs: 1_000 });
    expect(first).toMatchObject({ perSecond: Infinity, spent: 9, tookMs: 1_500, sinceMs: null });
    expect(learnt(unknownRate(NOW), 10, { afterMs: 500, retryAfterMs: 1_000 }).perSecond).toBe(10);
  });

  it('is never taken for more than twice a second’s worth, however soon the throttle came', () => {
    expect(learnt(unknownRate(NOW), 10, { afterMs: 1, retryAfterMs: 0 }).perSecond).toBe(20);
  });
});

describe('a rate', () => {
  it('spreads calls evenly, and keeps what could not be spent for 50 ms at most', () => {
    expect([0, 5, 10, 15, 60, 1_000].map((ms) => allowed(KNOWN, NOW + ms))).toEqual([0, 0.5, 1, 1.5, 6, 6]);
    expect([0, 5, 9, 10, 60].map((ms) => waitMs(KNOWN, NOW + ms))).toEqual([10, 5, 1, 0, 0]);
  });

  it('rounds a wait up: a timer that rings early would ring again at once', () => {
    expect(waitMs({ ...KNOWN, perSecond: 60 }, NOW)).toBe(17);
  });

  it('is paid for by each call, and may be owed', () => {
    const after = spend(KNOWN, 10, { now: NOW + 20, pressed: true });
    expect(after).toMatchObject({ allowance: -8, at: NOW + 20 });
    expect(waitMs(after, NOW + 20)).toBe(90);
  });

  it('lets calls begin though the clock was set back', () => {
    expect(allowed(KNOWN, NOW - 3_600_000)).toBe(6);
    expect(spend(KNOWN, 1, { now: NOW - 3_600_000, pressed: true })).toMatchObject({
      from: NOW - 3_600_000,
      at: NOW - 3_600_000,
      allowance: 5,
    });
  });

  it('grows with the time that calls have taken by it: slowly first, doubled once its patience is over', () => {
    const after = (share: number) => currentRate({ ...KNOWN, heldMs: 20_000 * share });
    expect([0, 0.1, 0.5, 1, 2].map(after)).toEqual([100, 100.01, 106.25, 200, 1_700]);
    expect(spend(KNOWN, 2, PRESSED).heldMs).toBe(20);
    expect(spend({ ...KNOWN, heldMs: 20_000 }, 2, PRESSED).heldMs).toBe(20_010);
  });

  it('neither grows nor is measured while there is no more work than is sent', () => {
    expect(spend({ ...KNOWN, spent: 7, tookMs: 70, heldMs: 5 }, 1, { now: NOW + 3, pressed: false })).toMatchObject({
      heldMs: 5,
      spent: 0,
      tookMs: 0,
      from: NOW + 3,
    });
    expect(spend({ ...KNOWN, spent: 7, tookMs: 70 }, 1, PRESSED)).toMatchObject({ spent: 7, tookMs: 70, from: NOW });
  });

  it('counts what was answered', () => {
    expect(answered({ ...KNOWN, spent: 7 }, 3).spent).toBe(10);
  });
});

describe('a throttle', () => {
  const SECOND = { retryAfterMs: 1_000 };

  it('lowers the rate by a hundredth where it was about right', () => {
    expect(learnt(KNOWN, 10_000, { afterMs: 99_000, ...SECOND }).perSecond).toBe(99);
  });

  it('lowers it to what was measured, and a fiftieth more, where that is less', () => {
    expect(learnt(KNOWN, 796, { afterMs: 9_450, ...SECOND }).perSecond).toBeCloseTo(81.6, 10);
    expect(learnt({ ...KNOWN, tookMs: 9_950 }, 1_592, { afterMs: 9_450, ...SECOND }).perSecond).toBeCloseTo(81.6, 10);
  });

  it('lowers it to half at most, and never below one in ten seconds', () => {
    expect(learnt(KNOWN, 10, { afterMs: 9_000, ...SECOND }).perSecond).toBe(50);
    expect(learnt({ ...KNOWN, perSecond: 0.15 }, 10, { afterMs: 999_000, ...SECOND }).perSecond).toBe(0.1);
  });

  it('starts from the rate as it had grown by then', () => {
    expect(learnt({ ...KNOWN, heldMs: 20_000 }, 100_000, { afterMs: 99_000, ...SECOND })).toMatchObject({
      perSecond: 198,
      heldMs: 0,
    });
  });

  it('with fewer than ten calls behind it teaches nothing, and leaves the rate as it was', () => {
    expect(learnt(KNOWN, 9, { afterMs: 9_000, ...SECOND })).toMatchObject({
      perSecond: 100,
      patienceMs: 20_000,
      spent: 9,
    });
  });

  it('is learnt from when calls begin again, with what became of those that were under way', () => {
    const closed = throttled({ ...KNOWN, spent: 790 }, 1_000, NOW + 9_450);
    expect(closed).toMatchObject({ perSecond: 100, sinceMs: 10_450, tookMs: 10_450, from: NOW + 10_450 });
    const begun = spend(answered(closed, 6), 1, { now: NOW + 10_450, pressed: true });
    expect(begun).toMatchObject({ sinceMs: null, heldMs: 1_000 / begun.perSecond });
    expect(begun.perSecond).toBeCloseTo(81.6, 10);
    expect(begun.allowance).toBeCloseTo(4.08, 10);
  });

  it('is met once by the calls that were under way together: until Retry-After is over they teach nothing', () => {
    const closed = throttled(KNOWN, 1_000, NOW + 500);
    expect(throttled(closed, 1_000, NOW + 1_499)).toBe(closed);
    expect(throttled(closed, 2_000, NOW + 1_500)).toMatchObject({ from: NOW + 3_500, sinceMs: 2_000, tookMs: 3_500 });
  });

  it.each([
    { what: 'the longest Retry-After', horizonMs: 1_000, retryAfterMs: 7_000, expected: 7_000 },
    { what: 'which fades by a tenth', horizonMs: 10_000, retryAfterMs: 1_000, expected: 9_000 },
    { what: 'until the next is as long', horizonMs: 10_000, retryAfterMs: 9_000, expected: 9_000 },
  ])('shows how long windows are at least: $what', ({ horizonMs, retryAfterMs, expected }) => {
    expect(throttled({ ...KNOWN, horizonMs }, retryAfterMs, NOW).horizonMs).toBe(expected);
  });

  it('is remembered for two horizons: older spending weighs less and less', () => {
    const rate = { ...KNOWN, horizonMs: 10_000 };
    expect(learnt(rate, 1_800, { afterMs: 17_000, ...SECOND })).toMatchObject({ spent: 1_800, tookMs: 18_000 });
    expect(learnt(rate, 3_600, { afterMs: 35_000, ...SECOND })).toMatchObject({ spent: 1_800, tookMs: 18_000 });
  });

  it('that comes when the rate has grown for a while is measured half a window back, where the mean would be too little', () => {
    const grown = { ...KNOWN, heldMs: 20_000, horizonMs: 10_000 };
    expect(learnt(grown, 500, { afterMs: 19_000, ...SECOND }).perSecond).toBeCloseTo(100 * (1 + 0.775 ** 4), 9);
    expect(learnt({ ...grown, heldMs: 9_000 }, 500, { afterMs: 9_000, ...SECOND }).perSecond).toBeCloseTo(53.684, 3);
    expect(learnt({ ...grown, heldMs: 9_001 }, 500, { afterMs: 9_000, ...SECOND }).perSecond).toBeCloseTo(100.257, 3);
  });

  it.each([
    { what: 'twice as long', horizonMs: 1_000, before: 20_000, patienceMs: 40_000 },
    { what: 'to four minutes', horizonMs: 1_000, before: 120_001, patienceMs: 240_000 },
    { what: 'at least for four windows', horizonMs: 60_000, before: 20_000, patienceMs: 216_000 },
    { what: 'to eight windows where they are longer', horizonMs: 60_000, before: 300_000, patienceMs: 432_000 },
  ])('that proves the rate right teaches patience: $what', ({ horizonMs, before, patienceMs }) => {
    const rate = learnt({ ...KNOWN, horizonMs, patienceMs: before }, 10_000, { afterMs: 99_000, ...SECOND });
    expect(rate).toMatchObject({ perSecond: 99, patienceMs });
  });

  it.each([
    { what: 'in 20 s', horizonMs: 1_000, patienceMs: 20_000 },
    { what: 'or in four windows', horizonMs: 60_000, patienceMs: 216_000 },
  ])('that proves the rate wrong has it learnt anew: it doubles $what', ({ horizonMs, patienceMs }) => {
    const rate = learnt({ ...KNOWN, horizonMs, patienceMs: 240_000 }, 4_000, { afterMs: 99_000, ...SECOND });
    expect(rate.patienceMs).toBe(patienceMs);
  });

  it('takes a twentieth less for right, and no more', () => {
    const patienceAt = (spent: number) => learnt(KNOWN, spent, { afterMs: 99_500, ...SECOND }).patienceMs;
    expect([9_315, 9_313].map(patienceAt)).toEqual([40_000, 20_000]);
  });
});

describe('the first throttle', () => {
  const first = () => throttled({ ...unknownRate(NOW), spent: 600 }, 1_000, NOW + 9_000);

  it('shows how long a window may be: as long as calls came before it, up to ten minutes', () => {
    expect(first()).toMatchObject({ horizonMs: 10_000, settlesAt: NOW + 19_000 });
    expect(throttled(unknownRate(NOW), 1_000, NOW + 3_600_000)).toMatchObject({
      horizonMs: 600_000,
      settlesAt: NOW + 4_200_000,
    });
  });

  it('is trusted no longer than a window: it doubles in the time of one', () => {
    expect(spend(first(), 0, { now: NOW + 10_000, pressed: true }).patienceMs).toBe(20_000);
    const late = throttled({ ...unknownRate(NOW), spent: 600 }, 290_000, NOW + 1_000);
    expect(spend(late, 0, { now: NOW + 291_000, pressed: true }).patienceMs).toBe(291_000);
  });

  it('leaves the window full: those that follow within its time are obeyed and teach nothing', () => {
    const begun = spend(first(), 0, { now: NOW + 10_000, pressed: true });
    const echo = throttled({ ...begun, spent: 610 }, 1_000, NOW + 18_999);
    expect(echo).toMatchObject({ sinceMs: null, tookMs: 19_999, from: NOW + 19_999, horizonMs: 10_000 });
    expect(spend(echo, 0, { now: NOW + 19_999, pressed: true }).perSecond).toBe(begun.perSecond);
    expect(throttled({ ...begun, spent: 610 }, 1_000, NOW + 19_000)).toMatchObject({ sinceMs: 10_000, settlesAt: 0 });
  });
});
