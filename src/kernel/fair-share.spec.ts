import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairShare } from './fair-share.js';

/** How much a holder gets that takes all it can get, one by one. */
function grab(share: FairShare, holder: string): number {
  let amount = 0;
  while (share.take(holder, 1)) amount++;
  return amount;
}

describe('a fair share', () => {
  it('is half of what there is, then half of the rest, and so on', () => {
    const share = new FairShare(64);
    expect(['a', 'b', 'c', 'a'].map((holder) => grab(share, holder))).toEqual([32, 16, 8, 0]);
  });

  it('grows when another one gives back', () => {
    const share = new FairShare(64);
    grab(share, 'a');
    expect(grab(share, 'b')).toBe(16);
    share.giveBack('a', 32);
    expect(grab(share, 'b')).toBe(16);
  });

  it('takes nothing of what is too much', () => {
    const share = new FairShare(64);
    expect(share.take('a', 33)).toBe(false);
    expect(share.take('a', 32)).toBe(true);
  });

  it('never exceeds the whole, and is as before when all was given back', () => {
    const takes = fc.array(
      fc.record({ holder: fc.constantFrom('a', 'b', 'c'), amount: fc.integer({ min: 1, max: 40 }) }),
    );
    fc.assert(
      fc.property(takes, (wanted) => {
        const share = new FairShare(64);
        const got = wanted.filter(({ holder, amount }) => share.take(holder, amount));
        expect(got.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(64);
        for (const { holder, amount } of got) share.giveBack(holder, amount);
        expect(grab(share, 'd')).toBe(32);
      }),
    );
  });
});
