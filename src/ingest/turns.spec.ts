import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.js';

describe('long work in turns', () => {
  it('is told when a turn is over, and lets everything else have one', async () => {
    const turns = new Turns();
    const beganAt = performance.now();
    while (!turns.isOver) expect(performance.now() - beganAt).toBeLessThan(30_000);
    const others: string[] = [];
    setImmediate(() => others.push('immediate'));
    process.nextTick(() => others.push('tick'));
    await turns.next();
    expect(others).toEqual(['tick', 'immediate']);
  });
});
