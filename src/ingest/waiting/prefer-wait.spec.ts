import { describe, expect, it } from '@jest/globals';
import { preferredWait } from './prefer-wait.js';

describe('the wait that a Prefer header asks for', () => {
  it.each<[string | undefined, number | null]>([
    ['wait=10', 10],
    ['wait=0', 0],
    ['wait=30', 30],
    ['wait=31', 30],
    [`wait=${'9'.repeat(400)}`, 30],
    ['wait=007', 7],
    ['WAIT = 10 ', 10],
    ['wait="10"', 10],
    ['respond-async, wait=10', 10],
    ['respond-async;wait=3, wait=10; note="a, wait=4"', 10],
    ['note="wait=1, \\"wait=2", wait=10', 10],
    ['wait=10, wait=20', 10],
    ['wait=x, wait=20', null],
    ['wait', null],
    ['wait=', null],
    ['wait=-1', null],
    ['wait=1.5', null],
    ['wait=1e1', null],
    ['wait="10', 10],
    ['waiting=10', null],
    ['note="wait=10', null],
    ['\\', null],
    [',;=",', null],
    ['', null],
    [undefined, null],
  ])('of %j is %j', (header, seconds) => {
    expect(preferredWait(header)).toBe(seconds);
  });

  it.each(['"', '\\', '"\\', ',', ';', '=', 'wait=', ' ', 'a"'])('of as many %j as fit is found at once', (piece) => {
    const begunAt = process.cpuUsage();
    preferredWait(piece.repeat(16_000));
    expect(process.cpuUsage(begunAt).user / 1_000).toBeLessThan(1_000);
  });
});
