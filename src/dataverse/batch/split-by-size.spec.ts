import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitBySize } from './split-by-size.js';

const split = (sizes: readonly number[], limit: number) => splitBySize(sizes, limit, (size) => size);

describe('splitBySize', () => {
  it.each<readonly [string, readonly number[], readonly (readonly number[])[]]>([
    ['nothing', [], []],
    ['what fits to the last byte', [3, 4, 3], [[3, 4, 3]]],
    ['one byte too many', [3, 4, 4], [[3, 4], [4]]],
    ['something larger than the limit', [1, 11, 1], [[1], [11], [1]]],
    ['something as large as the limit', [10, 1], [[10], [1]]],
  ])('cuts %s', (_, sizes, runs) => {
    expect(split(sizes, 10)).toEqual(runs);
  });

  it('keeps every item and their order, and opens no run before the last is full', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12)), (sizes) => {
        const runs = split(sizes, 10);
        expect(runs.flat()).toEqual(sizes);
        for (const [index, run] of runs.entries()) {
          expect(run.length === 1 || sum(run) <= 10).toBe(true);
          const [next] = runs[index + 1] ?? [];
          if (next !== undefined) expect(sum(run) + next).toBeGreaterThan(10);
        }
      }),
    );
  });
});

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
