import { expect, it } from '@jest/globals';
import { ofKind } from './of-kind.js';
import type { Value } from './value.js';

it.each<[Value | undefined, number | null]>([
  [{ kind: 'DateTime', epochMs: 1, text: '/Date(1)/' }, 1],
  [{ kind: 'Number', literal: '1.0' }, null],
  [[{ kind: 'DateTime', epochMs: 1, text: '/Date(1)/' }], null],
  ['DateTime', null],
  [null, null],
  [undefined, null],
])('the date that %j is says %j', (value, epochMs) => {
  expect(ofKind(value, 'DateTime')?.epochMs ?? null).toBe(epochMs);
});
