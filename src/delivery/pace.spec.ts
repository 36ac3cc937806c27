import { describe, expect, it } from '@jest/globals';
import { fullPace, quicken, slowStart } from './pace.js';

describe('the pace after a closing', () => {
  it('doubles with every round that is delivered: 1, 2, 4, 8, up to the concurrency', () => {
    let pace = slowStart(100);
    const rounds = [pace.limit];
    for (let round = 0; round < 5; round += 1) {
      for (let call = 0, calls = pace.limit; call < calls; call += 1) pace = quicken(pace, 200, 10);
      rounds.push(pace.limit);
    }
    expect(rounds).toEqual([1, 2, 4, 8, 10, 10]);
  });

  it('learns nothing from calls that began before it', () => {
    expect(quicken(slowStart(100), 99, 10).limit).toBe(1);
  });

  it('is full where nothing ever closed', () => {
    expect(quicken(fullPace(10), 0, 10)).toEqual({ limit: 10, since: 0 });
  });
});
