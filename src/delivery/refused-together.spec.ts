import { describe, expect, it } from '@jest/globals';
import type { Outcome } from './destination.js';
import { wereRefusedTogether } from './refused-together.js';

describe('wereRefusedTogether', () => {
  it.each<[boolean, Outcome['kind'][]]>([
    [true, ['rejected', 'rejected']],
    [true, ['rejected', 'rejected', 'rejected']],
    [false, ['rejected']],
    [false, []],
    [false, ['rejected', 'delivered']],
    [false, ['delivered', 'rejected']],
    [false, ['conflicted', 'conflicted']],
  ])('says %s of %j', (expected, kinds) => {
    const parts = kinds.map((kind) => ({
      report: {
        outcome: { kind } as Outcome,
        httpStatus: 400,
        errorCode: null,
        detail: null,
        serviceRequestId: null,
        hints: null,
      },
    }));
    expect(wereRefusedTogether(parts)).toBe(expected);
  });
});
