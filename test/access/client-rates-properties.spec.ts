import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ClientRates } from '../../src/access/client-rates.js';
import type { Principal } from '../../src/access/principal.js';
import { ProblemError } from '../../src/http/problem.error.js';
import { ManualClock } from '../support/manual-clock.js';
import { RecordingAccessJournal } from './support/recording-access-journal.js';

const LARGEST_BATCH = 1_000;

/** A request with so many events, so long after the one before. */
const REQUEST = fc.record({ afterMs: fc.nat(5_000), events: fc.integer({ min: 1, max: LARGEST_BATCH }) });

const RATE = fc.integer({ min: 1, max: 2_000 });

function principalWith(rate: number): Principal {
  return { client: 'till', roles: ['publisher'], publish: ['*'], rate };
}

/** As the guard and a batch do it. Null where it was let in, else after how many seconds to come again. */
function send(rates: ClientRates, principal: Principal, events: number): number | null {
  try {
    rates.admit(principal);
    if (events > 1) rates.spend(principal, events - 1);
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return Number(error.headers['Retry-After']);
  }
}

describe('a rate, whatever a client sends and when', () => {
  it('lets no more through than burst, rate times time, and one batch on credit', () => {
    const property = fc.property(RATE, fc.array(REQUEST, { maxLength: 60 }), (rate, requests) => {
      const clock = new ManualClock();
      const rates = new ClientRates(clock, new RecordingAccessJournal());
      const began = clock.now();
      let sent = 0;
      for (const { afterMs, events } of requests) {
        clock.set(clock.now() + afterMs);
        if (send(rates, principalWith(rate), events) === null) sent += events;
      }
      const seconds = (clock.now() - began) / 1_000;
      expect(sent).toBeLessThanOrEqual(Math.max(10, 2 * rate) + rate * seconds + LARGEST_BATCH);
    });
    fc.assert(property);
  });

  it('lets in whoever comes when Retry-After says, with the largest batch, and nobody much earlier', () => {
    const property = fc.property(RATE, fc.array(REQUEST, { minLength: 1, maxLength: 30 }), (rate, requests) => {
      const clock = new ManualClock();
      const rates = new ClientRates(clock, new RecordingAccessJournal());
      for (const { afterMs, events } of requests) {
        clock.set(clock.now() + afterMs);
        const seconds = send(rates, principalWith(rate), events);
        if (seconds === null) continue;
        expect(seconds).toBeGreaterThan(0);
        clock.set(clock.now() + (seconds - 1) * 1_000);
        if (seconds > 1) expect(send(rates, principalWith(rate), 1)).toBe(1);
        clock.set(clock.now() + 1_000);
        expect(send(rates, principalWith(rate), LARGEST_BATCH)).toBeNull();
      }
    });
    fc.assert(property);
  });

  it('never tells of less than nothing, nor of more than fits', () => {
    const property = fc.property(RATE, fc.array(REQUEST, { maxLength: 30 }), (rate, requests) => {
      const clock = new ManualClock();
      const rates = new ClientRates(clock, new RecordingAccessJournal());
      for (const { afterMs, events } of requests) {
        clock.set(clock.now() + afterMs);
        send(rates, principalWith(rate), events);
        const { RateLimit: left, 'RateLimit-Policy': policy } = rates.headersFor(principalWith(rate)) ?? {};
        const [, quota = ''] = /^"client";q=(\d+);w=\d+$/.exec(policy ?? '') ?? [];
        const [, remaining = ''] = /^"client";r=(\d+);t=\d+$/.exec(left ?? '') ?? [];
        expect(Number(remaining)).toBeLessThanOrEqual(Number(quota));
        expect(remaining).not.toBe('');
      }
    });
    fc.assert(property);
  });
});
