import { describe, expect, it } from '@jest/globals';
import { isKept } from './receipt.js';

describe('of receipts is kept', () => {
  it.each([
    ['a first proof', 'confirmed', true],
    ['one of another step', 'accompanying', true],
    ['a duplicate', 'duplicate', true],
    ['an outdated one', 'outdated', true],
    ['no repeat', 'repeated', false],
    ['nothing of an unknown event', 'unknown', false],
  ] as const)('%s', (_, result, expected) => {
    expect(isKept(result)).toBe(expected);
  });
});
