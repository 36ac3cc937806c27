import { describe, expect, it } from '@jest/globals';
import { ManualClock, ManualTimers } from '../../../test/support/manual-clock.js';
import { SummaryTurns } from './summary-turns.js';

const clock = new ManualClock();
const timers = new ManualTimers(clock);

function turns(): SummaryTurns {
  return new SummaryTurns(timers, () => clock.now());
}

/** A step that takes so long. */
function taking(ms: number, name: string, log: string[]) {
  return () =>
    new Promise<string>((resolve) => {
      log.push(`${name} begins`);
      timers.after(ms, () => {
        log.push(`${name} ends`);
        resolve(name);
      });
    });
}

describe('the steps of summaries', () => {
  it('come one at a time, in the order in which they were asked for, with a rest of twice their time', async () => {
    const [desk, log]: [SummaryTurns, string[]] = [turns(), []];
    const all = Promise.all(['a', 'b', 'c'].map((name) => desk.step(taking(10, name, log))));
    await timers.advance(10);
    expect(log).toEqual(['a begins', 'a ends']);
    await timers.advance(19);
    expect(log).toEqual(['a begins', 'a ends']);
    await timers.advance(1);
    expect(log).toEqual(['a begins', 'a ends', 'b begins']);
    await timers.advance(60);
    expect(await all).toEqual(['a', 'b', 'c']);
  });

  it('go on after one that failed', async () => {
    const [desk, log]: [SummaryTurns, string[]] = [turns(), []];
    const failed = desk.step(() => Promise.reject(new Error('away'))).catch((error: Error) => error.message);
    const next = desk.step(taking(1, 'next', log));
    await timers.advance(10);
    expect([await failed, await next]).toEqual(['away', 'next']);
  });
});

describe('summaries', () => {
  const refused = expect.objectContaining({ slug: 'overloaded', headers: { 'Retry-After': '5' } });

  it('are two at once for a client, sixteen at once in all', async () => {
    const desk = turns();
    const end = Promise.withResolvers<void>();
    const wait = (client: string) => desk.admit(client, () => end.promise);
    const underWay = Array.from({ length: 8 }, (_, n) => [wait(`client-${n}`), wait(`client-${n}`)]).flat();
    await expect(wait('client-0')).rejects.toEqual(refused);
    await expect(wait('client-9')).rejects.toEqual(refused);
    end.resolve();
    await Promise.all(underWay);
    await expect(wait('client-0')).resolves.toBeUndefined();
  });

  it('make room for others when they fail', async () => {
    const desk = turns();
    const fail = () => desk.admit('till', () => Promise.reject(new Error('away')));
    for (let round = 0; round < 20; round += 1) await expect(fail()).rejects.toThrow('away');
  });
});
