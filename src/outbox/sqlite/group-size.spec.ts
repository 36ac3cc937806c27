import { describe, expect, it } from '@jest/globals';
import { groupSize } from './group-size.js';

describe('the size of a group', () => {
  const appends = (...sizes: readonly number[]) =>
    sizes.map((size) => ({ name: 'append' as const, parameter: Array(size).fill({}) }));

  it.each([
    ['nothing where nothing waits', [], 0],
    ['whatever waits, while it is little', [1, 1, 1], 3],
    ['whatever waits, up to the limit', [1000, 1000], 2],
    ['no call beyond the limit', [1000, 1000, 1], 2],
    ['one call, however large', [5000], 1],
    ['one call that is too large for company', [5000, 1], 1],
    ['the calls before one that is too large', [1, 5000, 1], 1],
  ])('is %s', (_, sizes, expected) => {
    expect(groupSize(appends(...sizes))).toBe(expected);
  });

  it('counts any other call as one event', () => {
    const reads = Array.from({ length: 3000 }, () => ({ name: 'measure' as const, parameter: undefined }));
    expect(groupSize(reads)).toBe(2000);
  });
});
