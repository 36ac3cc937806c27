import { describe, expect, it } from '@jest/globals';
import { belongsTo, newLeaseToken } from './lease-token.js';

describe('a lease token', () => {
  const event = { sequence: 12, replays: 1 };

  it('is new every time', () => {
    expect(new Set(Array.from({ length: 1000 }, () => newLeaseToken(event))).size).toBe(1000);
  });

  it.each([
    ['its event', event, true],
    ['another event', { sequence: 1, replays: 1 }, false],
    ['an event whose number begins alike', { sequence: 120, replays: 1 }, false],
    ['its event before its last replay', { sequence: 12, replays: 2 }, false],
    ['its event after a replay that never was', { sequence: 12, replays: 0 }, false],
  ])('belongs to %s: %j, %s', (_, other, expected) => {
    expect(belongsTo(newLeaseToken(event), other)).toBe(expected);
  });

  it('belongs to its event after any number of replays', () => {
    const replayed = { sequence: 1, replays: 10 };
    expect(belongsTo(newLeaseToken(replayed), replayed)).toBe(true);
    expect(belongsTo(newLeaseToken(replayed), { sequence: 1, replays: 1 })).toBe(false);
  });

  it.each([
    '',
    '12.1.',
    '12.1.guess',
    ' 12.1.00000000-0000-4000-8000-000000000000',
    '12.1.00000000-0000-4000-8000-000000000000x',
  ])('is not made up: %j', (token) => {
    expect(belongsTo(token, event)).toBe(false);
  });
});
