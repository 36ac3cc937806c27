import { describe, expect, it } from '@jest/globals';
import { nextTryMs } from './retry-schedule.js';

describe('a post that was postponed', () => {
  it('waits twice as long each time, until its tries are used up', () => {
    const waits = [1, 2, 3, 4].map((tries) => nextTryMs(tries, { postponeMs: 5000, postponeTries: 4 }));
    expect(waits).toEqual([5000, 10_000, 20_000, null]);
  });
});
