import { describe, expect, it, jest } from '@jest/globals';
import { ReadingTurns } from './reading-turns.js';

/** Work of so many milliseconds that lets nobody else in. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('ReadingTurns', () => {
  it('reads in the order of asking, and gives back what was read or thrown', async () => {
    const turns = new ReadingTurns();
    const order: number[] = [];
    const bad = () => {
      throw new RangeError('2');
    };
    const readings = [turns.run(() => order.push(1)), turns.run(bad), turns.run(() => order.push(3))];
    expect(order).toEqual([]);
    expect(await Promise.allSettled(readings)).toMatchObject([
      { value: 1 },
      { reason: new RangeError('2') },
      { value: 2 },
    ]);
    expect(order).toEqual([1, 3]);
    expect(await turns.run(() => 'later')).toBe('later');
  });

  it('reads what is short together, in one turn', async () => {
    const turns = new ReadingTurns();
    let done = 0;
    const readings = Array.from({ length: 50 }, () => turns.run(() => done++));
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(50);
    await Promise.all(readings);
  });

  it('leaves as much time to others as each long reading took', async () => {
    const turns = new ReadingTurns();
    const spans: { readonly from: number; readonly to: number }[] = [];
    const read = () => {
      const from = performance.now();
      block(20);
      spans.push({ from, to: performance.now() });
    };
    await Promise.all([turns.run(read), turns.run(read), turns.run(read)]);
    const gaps = spans.slice(1).map(({ from }, index) => from - (spans[index]?.to ?? from));
    for (const gap of gaps) expect(gap).toBeGreaterThan(15);
  });

  it('rests after a long reading though nobody waits: the next comes when this one is answered', async () => {
    const turns = new ReadingTurns();
    const ends: number[] = [];
    const gaps: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await turns.run(() => {
        gaps.push(performance.now() - (ends.at(-1) ?? -Infinity));
        block(20);
        ends.push(performance.now());
      });
    }
    for (const gap of gaps) expect(gap).toBeGreaterThan(15);
  });

  it('rests from no small contexts, 3,000 of them and 64 at once', async () => {
    const turns = new ReadingTurns();
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    const rests = jest.spyOn(globalThis, 'setTimeout');
    let left = 3000;
    const sender = async () => {
      while (left > 0) {
        left -= 1;
        await turns.run(() => {
          now += 0.016;
        });
      }
    };
    try {
      await Promise.all(Array.from({ length: 64 }, sender));
      expect(rests).not.toHaveBeenCalled();
    } finally {
      clock.mockRestore();
      rests.mockRestore();
    }
    expect(now).toBeCloseTo(48);
  });
});
