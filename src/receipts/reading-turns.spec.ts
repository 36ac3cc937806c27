import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, ManualTimers } from '../../test/support/manual-clock.js';
import { ReadingTurns } from './reading-turns.js';

let timers: ManualTimers;
/** Milliseconds that reading has taken. */
let spent: number;
let turns: ReadingTurns;

beforeEach(() => {
  timers = new ManualTimers(new ManualClock());
  spent = 0;
  turns = new ReadingTurns(timers, () => spent);
});

/** A reading that takes so long, and says so in the log. */
function taking(ms: number, log: string[], name = 'read'): () => void {
  return () => {
    spent += ms;
    log.push(name);
  };
}

describe('ReadingTurns', () => {
  it('reads in the order of asking, and gives back what was read or thrown', async () => {
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
    const log: string[] = [];
    const readings = Array.from({ length: 50 }, () => turns.run(taking(0.05, log)));
    await timers.advance(0);
    expect(log).toHaveLength(50);
    await Promise.all(readings);
  });

  it('leaves as much time to others as each long reading took', async () => {
    const log: string[] = [];
    const readings = ['first', 'second', 'third'].map((name) => turns.run(taking(20, log, name)));
    await timers.advance(19);
    expect(log).toEqual(['first']);
    await timers.advance(1);
    expect(log).toEqual(['first', 'second']);
    await timers.advance(19);
    expect(log).toEqual(['first', 'second']);
    await timers.advance(1);
    expect(log).toEqual(['first', 'second', 'third']);
    await Promise.all(readings);
  });

  it('rests after a turn of short readings for as long as they took together', async () => {
    const log: string[] = [];
    const readings = Array.from({ length: 8 }, () => turns.run(taking(2, log)));
    await timers.advance(5);
    expect(log).toHaveLength(3);
    await timers.advance(1);
    expect(log).toHaveLength(6);
    await timers.advance(6);
    await Promise.all(readings);
  });

  it('rests after a long reading though nobody waits: the next comes when this one is answered', async () => {
    const log: string[] = [];
    const first = turns.run(taking(20, log, 'first'));
    await timers.advance(0);
    await first;
    const second = turns.run(taking(20, log, 'second'));
    await timers.advance(19);
    expect(log).toEqual(['first']);
    await timers.advance(1);
    await second;
    expect(log).toEqual(['first', 'second']);
  });

  it('rests from no small contexts, 3,000 of them and 64 at once', async () => {
    const rests: number[] = [];
    const after = (ms: number, ring: () => void) => {
      rests.push(ms);
      setImmediate(ring);
      return () => {};
    };
    turns = new ReadingTurns({ after }, () => spent);
    const log: string[] = [];
    const sender = async () => {
      while (log.length < 3000) await turns.run(taking(0.016, log));
    };
    await Promise.all(Array.from({ length: 64 }, sender));
    expect(rests).toEqual([]);
    expect(spent).toBeGreaterThan(48);
  });
});
