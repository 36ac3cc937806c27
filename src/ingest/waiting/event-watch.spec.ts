import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, ManualTimers } from '../../../test/support/manual-clock.js';
import { EventWatch } from './event-watch.js';

const NEVER = new AbortController().signal;

/** What the store was asked, and what it answers. */
class ScriptedOutbox {
  readonly asked: (readonly string[])[] = [];
  readonly ended = new Set<string>();
  isAway = false;

  async whichEnded(ids: readonly string[]): Promise<readonly string[]> {
    this.asked.push(ids);
    if (this.isAway) throw new Error('away');
    return ids.filter((id) => this.ended.has(id));
  }
}

let clock: ManualClock;
let timers: ManualTimers;
let outbox: ScriptedOutbox;
let watch: EventWatch;
beforeEach(() => {
  clock = new ManualClock(0);
  timers = new ManualTimers(clock);
  outbox = new ScriptedOutbox();
  watch = new EventWatch(outbox, timers);
});

/** A wait whose answer, with the time at which it came, is there when it is over. */
function wait(
  id: string,
  { ms = 10_000, client = 'till', gone = NEVER } = {},
): { answer: readonly [boolean, number] | null } {
  const wish: { answer: readonly [boolean, number] | null } = { answer: null };
  void watch.wait({ id, client, ms, gone }).then((asWished) => {
    wish.answer = [asWished, clock.now()];
  });
  return wish;
}

describe('a wait for an event', () => {
  it('is over when delivery tells of its end', async () => {
    const [one, same, other] = [wait('a'), wait('a'), wait('b')];
    await timers.advance(100);
    watch.ended('a');
    await timers.advance(0);
    expect([one.answer, same.answer, other.answer]).toEqual([[true, 100], [true, 100], null]);
  });

  it('is over at once for one that ended before anybody listened', async () => {
    outbox.ended.add('a');
    const wish = wait('a');
    await timers.advance(0);
    expect(wish.answer).toEqual([true, 0]);
  });

  it('is over with the next look where another process ended it', async () => {
    const wish = wait('a');
    await timers.advance(1_000);
    outbox.ended.add('a');
    await timers.advance(1_000);
    expect(wish.answer).toEqual([true, 1_750]);
  });

  it('is over when its time is, to the millisecond', async () => {
    const wish = wait('a', { ms: 3_000 });
    await timers.advance(60_000);
    expect(wish.answer).toEqual([true, 3_000]);
  });

  it('of no time at all is over at once', async () => {
    const wish = wait('a', { ms: 0 });
    await timers.advance(0);
    expect(wish.answer).toEqual([true, 0]);
  });

  it('ends when the caller goes, before or meanwhile', async () => {
    const caller = new AbortController();
    const wish = wait('a', { gone: caller.signal });
    caller.abort();
    const late = wait('b', { gone: caller.signal });
    await timers.advance(0);
    expect([wish.answer, late.answer, timers.pending]).toEqual([[false, 0], [false, 0], 0]);
  });

  it('ends when the process stops, and none begins after that', async () => {
    const wish = wait('a');
    watch.close();
    const late = wait('b');
    await timers.advance(0);
    expect([wish.answer, late.answer, timers.pending]).toEqual([[false, 0], [false, 0], 0]);
  });

  it('goes on while the store does not answer', async () => {
    outbox.isAway = true;
    const wish = wait('a');
    await timers.advance(5_000);
    outbox.isAway = false;
    outbox.ended.add('a');
    await timers.advance(1_000);
    expect(wish.answer?.[0]).toBe(true);
  });
});

describe('the looks into the store', () => {
  it('are one for all who wait, after 250 ms, 500 ms and then every second', async () => {
    for (const id of ['a', 'b', 'c']) wait(id);
    outbox.asked.length = 0;
    const times: number[] = [];
    for (let ms = 0; ms < 5_000; ms += 50) {
      const before = outbox.asked.length;
      await timers.advance(50);
      if (outbox.asked.length > before) times.push(clock.now());
    }
    expect(times).toEqual([250, 750, 1_750, 2_750, 3_750, 4_750]);
    expect(outbox.asked.every((ids) => ids.join('') === 'abc')).toBe(true);
  });

  it('come sooner again for a newcomer, and not more often for many', async () => {
    wait('a', { ms: 30_000 });
    await timers.advance(5_000);
    outbox.asked.length = 0;
    for (let n = 0; n < 50; n += 1) {
      wait(`b${n}`, { ms: 30_000 });
      await timers.advance(20);
    }
    expect(outbox.asked.filter((ids) => ids.length > 1)).toHaveLength(3);
  });

  it('end with the last wait', async () => {
    wait('a', { ms: 400 });
    await timers.advance(60_000);
    expect([outbox.asked.length, timers.pending]).toEqual([2, 0]);
  });
});

describe('those who wait', () => {
  it('are a hundred of one client at most, and a thousand in all', async () => {
    const ofOne = Array.from({ length: 101 }, (_, n) => wait(`e${n}`));
    await timers.advance(0);
    expect(ofOne.map(({ answer }) => answer).filter((answer) => answer !== null)).toEqual([[false, 0]]);
    const others = Array.from({ length: 901 }, (_, n) => wait(`f${n}`, { client: `client-${n}` }));
    await timers.advance(0);
    expect(others.map(({ answer }) => answer).filter((answer) => answer !== null)).toEqual([[false, 0]]);
    watch.ended('e0');
    const next = wait('g', { client: 'late' });
    await timers.advance(0);
    expect(next.answer).toBeNull();
  });
});
