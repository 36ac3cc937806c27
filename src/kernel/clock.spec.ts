import { beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from './clock.js';

const HOUR_MS = 3_600_000;

describe('the clock of a process', () => {
  let system: number;
  let monotonic: number;
  let clock: SystemClock;
  beforeEach(() => {
    [system, monotonic] = [1_800_000_000_000, 5_000.25];
    clock = new SystemClock(
      () => system,
      () => monotonic,
    );
  });

  function pass(ms: number) {
    system += ms;
    monotonic += ms;
  }

  it('is the time of the system', () => {
    expect(clock.now()).toBe(system);
    pass(10_000);
    expect(clock.now()).toBe(system);
  });

  it('goes on from where it was when the system is set back by an hour', () => {
    const before = clock.now();
    pass(1_000);
    system -= HOUR_MS;
    expect(clock.now()).toBe(before + 1_000);
    pass(60_000);
    expect(clock.now()).toBe(before + 61_000);
  });

  it('follows a system that is set forward, or slept while the monotonic clock stood still', () => {
    clock.now();
    system += HOUR_MS;
    expect(clock.now()).toBe(system);
    pass(1_000);
    expect(clock.now()).toBe(system);
  });

  it('stays where it is when a system that was set forward is set back again', () => {
    const before = clock.now();
    system += HOUR_MS;
    clock.now();
    system -= HOUR_MS;
    pass(1_000);
    expect(clock.now()).toBe(before + HOUR_MS + 1_000);
  });

  it('gives whole milliseconds and never goes back, however the two sources are read', () => {
    let last = clock.now();
    for (let step = 0; step < 1_000; step += 1) {
      monotonic += 0.37;
      system = Math.floor(1_800_000_000_000 + step * 0.37 + (step % 3));
      const now = clock.now();
      expect(Number.isInteger(now)).toBe(true);
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
  });

  it('does not run ahead after a pause between the readings of its sources', () => {
    let pauseMs = 0;
    const paused = new SystemClock(
      () => {
        const read = system;
        pass(pauseMs);
        return read;
      },
      () => monotonic,
    );
    paused.now();
    pauseMs = 500;
    expect(paused.now()).toBe(system);
    pauseMs = 0;
    expect(paused.now()).toBe(system);
  });

  it('is right without sources of its own', () => {
    const before = Date.now();
    const now = new SystemClock().now();
    // Two readings of the system, a millisecond apart where they are rounded.
    expect(now).toBeGreaterThanOrEqual(before - 1);
    expect(now).toBeLessThanOrEqual(Date.now() + 1);
  });
});
