import { describe, expect, it } from '@jest/globals';
import { DEFAULT_PACE, retryWait } from './listener-pace.js';

describe('retryWait', () => {
  it.each([
    { failures: 1, least: 500, most: 1000 },
    { failures: 2, least: 1000, most: 2000 },
    { failures: 6, least: 16_000, most: 32_000 },
    { failures: 7, least: 30_000, most: 60_000 },
    { failures: 2000, least: 30_000, most: 60_000 },
  ])('is $least to $most ms after $failures failures', ({ failures, least, most }) => {
    expect(retryWait(failures, DEFAULT_PACE, () => 0)).toBe(least);
    expect(retryWait(failures, DEFAULT_PACE, () => 1)).toBe(most);
  });
});
