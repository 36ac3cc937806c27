import { describe, expect, it } from '@jest/globals';
import { ServerClock } from './server-clock.js';

const SERVER_MS = Date.UTC(2026, 0, 5, 8);

describe('the clock of a server', () => {
  it('is the server’s at the middle of the round trip, and goes on with this process’s time', () => {
    const { clock, at } = clockAt(1000);
    clock.learn({ serverMs: SERVER_MS, askedAtMs: 980, answeredAtMs: 1000 });
    expect(Math.abs(clock.now() - (SERVER_MS + 10))).toBeLessThanOrEqual(1);
    at(61_000);
    expect(Math.abs(clock.now() - (SERVER_MS + 60_010))).toBeLessThanOrEqual(1);
  });

  it.each([
    ['believes a quick answer', 30_000, 2, 5000],
    ['does not believe a slow answer after a quick one', 30_000, 400, 0],
    ['believes a slow answer when the quick one is old', 70_000, 400, 5000],
  ])('%s', (_, laterMs, roundTripMs, offBy) => {
    const { clock, at } = clockAt(1000);
    clock.learn({ serverMs: SERVER_MS, askedAtMs: 999, answeredAtMs: 1000 });
    const answeredAtMs = 1000 + laterMs;
    const serverMs = SERVER_MS + laterMs - roundTripMs / 2 + 5000;
    at(answeredAtMs);
    clock.learn({ serverMs, askedAtMs: answeredAtMs - roundTripMs, answeredAtMs });
    expect(Math.abs(clock.now() - (SERVER_MS + laterMs + offBy))).toBeLessThanOrEqual(1);
  });

  it('agrees with that of another process whose own time is another', () => {
    const [one, other] = [clockAt(5000), clockAt(9_000_000)];
    one.clock.learn({ serverMs: SERVER_MS, askedAtMs: 4998, answeredAtMs: 5000 });
    other.clock.learn({ serverMs: SERVER_MS, askedAtMs: 8_999_990, answeredAtMs: 9_000_000 });
    expect(Math.abs(one.clock.now() - other.clock.now())).toBeLessThanOrEqual(5);
  });

  it('tells no time before it was ever read', () => {
    expect(() => new ServerClock().now()).toThrow('never read');
  });

  function clockAt(initialMs: number): { readonly clock: ServerClock; readonly at: (ms: number) => void } {
    let nowMs = initialMs;
    const at = (ms: number) => {
      nowMs = ms;
    };
    return { clock: new ServerClock(() => nowMs), at };
  }
});
