import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SlidingWindow } from './sliding-window.js';

describe('a sliding window', () => {
  it('counts what lies within it and nothing older', () => {
    const window = new SlidingWindow();
    window.add(0, 1);
    window.add(10, 2);
    expect([window.total(10, 100), window.total(99, 100), window.total(100, 100), window.total(110, 100)]).toEqual([
      3, 3, 2, 0,
    ]);
  });

  it('tells how long until there is room, to the millisecond', () => {
    const window = new SlidingWindow();
    for (const at of [0, 30, 60]) window.add(at, 1);
    expect(window.msUntilBelow(3, 60, 100)).toBe(40);
    expect(window.msUntilBelow(1, 60, 100)).toBe(100);
    expect(window.msUntilBelow(4, 60, 100)).toBe(0);
  });

  it('agrees with a plain sum over everything that was ever added', () => {
    const steps = fc.array(fc.record({ passed: fc.nat(50), amount: fc.nat(9) }), { maxLength: 3000, size: 'max' });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 500 }), (given, windowMs) => {
        const window = new SlidingWindow();
        const added: { at: number; amount: number }[] = [];
        let now = 0;
        for (const { passed, amount } of given) {
          now += passed;
          window.add(now, amount);
          added.push({ at: now, amount });
          const within = added.filter(({ at }) => at > now - windowMs);
          const plain = within.reduce((sum, entry) => sum + entry.amount, 0);
          if (window.total(now, windowMs) !== plain) return false;
        }
        return true;
      }),
      { numRuns: 30 },
    );
  });
});
