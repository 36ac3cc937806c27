import { expect, it } from '@jest/globals';
import { decimalOf } from './decimal-of.js';
import type { Value } from './value.js';

it.each<[Value | undefined, string | null]>([
  [{ kind: 'Money', value: '24.850' }, '24.850'],
  [{ kind: 'Number', literal: '1.0' }, '1.0'],
  [24.85, '24.85'],
  [7, '7'],
  [-0, '-0'],
  ['24.85', null],
  [null, null],
  [undefined, null],
  [true, null],
  [[1], null],
  [{ kind: 'OptionSetValue', value: 1 }, null],
])('the digits of %j are %j', (value, digits) => {
  expect(decimalOf(value)).toBe(digits);
});
