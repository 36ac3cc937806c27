import { describe, expect, it } from '@jest/globals';
import { pauseAfter } from './pause-after.js';

describe('the rest after a step of retention', () => {
  it.each([
    ['is nine times the work', 10, 90],
    ['grows with a busy store', 300, 2_700],
    ['is never so short that steps run into each other', 0.4, 20],
    ['has an end, however long the store took', 60_000, 5_000],
  ])('%s', (_, tookMs, restMs) => {
    expect(pauseAfter(tookMs)).toBe(restMs);
  });
});
