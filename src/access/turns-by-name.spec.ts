import { describe, expect, it } from '@jest/globals';
import { TurnsByName } from './turns-by-name.js';

describe('turns by name', () => {
  it('go on after a task that failed, which fails for its caller alone', async () => {
    const turns = new TurnsByName();
    const failed = turns.run('a', async () => {
      throw new Error('first');
    });
    const next = turns.run('a', async () => 'second');
    await expect(failed).rejects.toThrow('first');
    expect(await next).toBe('second');
  });

  it('keep their order', async () => {
    const turns = new TurnsByName();
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((nth) => turns.run('a', async () => void order.push(nth))));
    expect(order).toEqual([1, 2, 3]);
  });
});
