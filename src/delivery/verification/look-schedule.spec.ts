import { describe, expect, it } from '@jest/globals';
import { LookSchedule } from './look-schedule.js';

const NOW = Date.UTC(2026, 0, 5, 8);
const MINUTE_MS = 60_000;

/** When the next look is due after looks that ended so, each at the instant at which it was due. */
function pausesAfter(ends: readonly boolean[], random: number): readonly number[] {
  const schedule = new LookSchedule(() => random);
  let now = NOW;
  return ends.map((read) => {
    schedule.began();
    schedule.ended(now, read);
    const endedAt = now;
    while (!schedule.isDue(now)) now += 500;
    return now - endedAt;
  });
}

describe('the schedule of looks', () => {
  it('has the first look due at once, and none while one is under way', () => {
    const schedule = new LookSchedule(() => 0.5);
    expect(schedule.isDue(NOW)).toBe(true);
    schedule.began();
    expect(schedule.isDue(NOW + 60 * MINUTE_MS)).toBe(false);
  });

  describe('once somebody can be asked again', () => {
    it.each([
      ['comes within ten seconds, after looks that read nothing', [false, false, false, false, false], 5_000],
      ['comes when it would, after one that read', [false, true], 300_000],
    ])('%s', (_how, ends, expected) => {
      const schedule = new LookSchedule(() => 0.5);
      for (const read of ends) {
        schedule.began();
        schedule.ended(NOW, read);
      }
      schedule.resumed(NOW);
      expect(schedule.isDue(NOW + expected - 1)).toBe(false);
      expect(schedule.isDue(NOW + expected)).toBe(true);
      schedule.resumed(NOW + expected);
      expect(schedule.isDue(NOW + expected)).toBe(true);
    });

    it('comes no later than it would', () => {
      const schedule = new LookSchedule(() => 0.5);
      schedule.ended(NOW, false);
      schedule.resumed(NOW + 29_000);
      expect(schedule.isDue(NOW + 30_000)).toBe(true);
    });

    it('has no second look beside one that is under way', () => {
      const schedule = new LookSchedule(() => 0);
      schedule.ended(NOW, false);
      schedule.began();
      schedule.resumed(NOW);
      expect(schedule.isDue(NOW + MINUTE_MS)).toBe(false);
    });
  });

  it.each([
    ['every five minutes', [true, true], 0.5, [300_000, 300_000]],
    ['a tenth earlier', [true], 0, [270_000]],
    ['a tenth later', [true], 0.999_999, [330_000]],
    [
      'sooner while nothing can be read',
      [false, false, false, false, false, false],
      0.5,
      [30, 60, 120, 240, 300, 300].map((s) => s * 1_000),
    ],
    [
      'from the first step again after one that read',
      [false, false, true, false],
      0.5,
      [30, 60, 300, 30].map((s) => s * 1_000),
    ],
  ])('comes %s', (_when, ends, random, pauses) => {
    expect(pausesAfter(ends, random)).toEqual(pauses);
  });
});
