import { describe, expect, it } from '@jest/globals';
import { gatherGroup } from './gather-group.js';
import type { CallsRequest } from './messages.js';

describe('a group', () => {
  const append = (size: number, now: number): CallsRequest => ({
    kind: 'calls',
    now,
    calls: [{ name: 'append', parameter: Array(size).fill({}) }],
  });

  it.each([
    ['the first request where nothing waits', [1], 1],
    ['whatever waits, while it is little', [1, 1, 1], 3],
    ['whatever waits, until it is full', [1000, 1000, 1], 2],
    ['one request, however large', [5000, 1], 1],
    ['the one that makes it full, however large', [1, 5000, 1], 2],
  ])('holds %s', (_, sizes, expected) => {
    const waiting = sizes.map(append);
    const [first = append(0, 0)] = waiting;
    let next = 1;
    expect(gatherGroup(first, () => waiting[next++] ?? null).calls).toHaveLength(expected);
  });

  it('counts a call that brings no events as one', () => {
    const read: CallsRequest = { kind: 'calls', now: 0, calls: [{ name: 'measure', parameter: undefined }] };
    expect(gatherGroup(read, () => read).calls).toHaveLength(2000);
  });

  it('counts from the instant of its last request', () => {
    const waiting = [append(1, 7)];
    expect(gatherGroup(append(1, 5), () => waiting.shift() ?? null).now).toBe(7);
  });
});
