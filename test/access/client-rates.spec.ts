import { beforeEach, describe, expect, it } from '@jest/globals';
import { ClientRates } from '../../src/access/client-rates.js';
import type { Principal } from '../../src/access/principal.js';
import { ManualClock } from '../support/manual-clock.js';
import { RecordingAccessJournal } from './support/recording-access-journal.js';

let clock: ManualClock;
let rates: ClientRates;
beforeEach(() => {
  clock = new ManualClock();
  rates = new ClientRates(clock, new RecordingAccessJournal());
});

function clientAt(client: string, rate: number | null = 5): Principal {
  return { client, roles: ['publisher'], publish: ['*'], rate };
}

function leftFor(principal: Principal): string | undefined {
  return rates.headersFor(principal)?.RateLimit;
}

describe('the rates of clients', () => {
  it('forget the client that has been quiet for longest, never one that keeps sending', () => {
    const [quiet, busy] = [clientAt('quiet'), clientAt('busy')];
    rates.spend(busy, 100);
    rates.spend(quiet, 100);
    for (let other = 0; other < 9_999; other++) {
      rates.admit(clientAt(`other-${other}`));
      leftFor(busy);
    }
    expect(() => rates.admit(busy)).toThrow('has sent more');
    expect(() => rates.admit(quiet)).not.toThrow();
  });

  it('give back what was not taken, and never more than fits', () => {
    const till = clientAt('till');
    rates.admit(till);
    rates.spend(till, 999);
    rates.giveBack(till, 999);
    expect(leftFor(till)).toBe('"client";r=9;t=1');
    rates.giveBack(till, 999);
    expect(leftFor(till)).toBe('"client";r=10;t=0');
    clock.set(clock.now() - 60_000);
    expect(leftFor(till)).toBe('"client";r=10;t=0');
  });

  it('know nothing of a client without one', () => {
    const free = clientAt('free', null);
    rates.spend(free, 1_000_000);
    rates.giveBack(free, 1_000_000);
    expect(rates.headersFor(free)).toBeNull();
  });
});
