import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/delivery/destination.js';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

const DELIVERED: Outcome = { kind: 'delivered' };
const TOKEN_MS = 20_000;

/** Calls that begin now wait for a token. */
async function waiting(count: number) {
  harness = await DeliveryHarness.open();
  harness.destination.answers({ after: 10, answer: DELIVERED });
  harness.destination.tokenAfterMs = TOKEN_MS;
  await harness.start();
  const ids = await harness.accept(count);
  await harness.advance(1_000);
  expect(await harness.census()).toEqual({ delivering: count });
  return ids;
}

describe('a call that waits for a token', () => {
  it('goes out when the token is there and the gates still stand open', async () => {
    await waiting(5);
    await harness.advance(TOKEN_MS);
    expect(await harness.census()).toEqual({ delivered: 5 });
    expect(harness.destination.withheld).toBe(0);
  });

  it.each(['user:user-a', 'type:Sale', 'user:user-a+type:Sale'])(
    'is not sent after %s was closed, and goes back without a trace',
    async (gate) => {
      const ids = await waiting(5);
      const closing = { cause: 'unavailable', detail: 'closed meanwhile', retryAfterMs: 60_000 } as const;
      await harness.gates.close(gate, closing);
      await harness.advance(TOKEN_MS);
      expect(harness.destination.calls).toEqual([]);
      expect(harness.destination.withheld).toBe(5);
      expect(await harness.census()).toEqual({ pending: 5 });
      expect(harness.notes.attempts).toEqual([]);
      for (const id of ids) expect(await harness.timeline(id)).toEqual([]);
      expect((await harness.event(ids[0] ?? '')).attemptCount).toBe(0);
      expect(harness.gates.find(gate).closings).toBe(1);
      expect(harness.gates.list()).toHaveLength(1);
      harness.destination.tokenAfterMs = 0;
      await harness.advance(120_000);
      expect(await harness.census()).toEqual({ delivered: 5 });
    },
  );

  it('is not sent while the gate is paused', async () => {
    await waiting(1);
    await harness.gates.pause('type:Sale', { by: 'operator', reason: 'not now' });
    await harness.advance(TOKEN_MS);
    expect(harness.destination.calls).toEqual([]);
    expect(await harness.census()).toEqual({ pending: 1 });
  });

  it('is not sent beside the probe of a gate that closed and reopened meanwhile', async () => {
    await waiting(5);
    await harness.gates.close('user:user-a', { cause: 'throttled', detail: null, retryAfterMs: 5_000 });
    await harness.advance(TOKEN_MS - 1_000);
    expect(harness.destination.probes).toHaveLength(1);
    expect(harness.destination.calls).toEqual([]);
    expect(harness.destination.withheld).toBe(5);
    await harness.advance(5 * TOKEN_MS);
    expect(await harness.census()).toEqual({ delivered: 5 });
  });

  it('is the probe where it began as that', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers({ kind: 'misconfigured', scope: 'type' });
    await harness.start();
    await harness.accept(1);
    await harness.advance(0);
    harness.destination.answers(DELIVERED);
    harness.destination.tokenAfterMs = 5_000;
    await harness.advance(40_000);
    expect(await harness.census()).toEqual({ delivered: 1 });
    expect(harness.destination.withheld).toBe(0);
  });

  it('is not sent as a batch either', async () => {
    harness = await DeliveryHarness.open({ concurrency: 1, batchSize: 10 });
    harness.destination.answers('hold');
    await harness.start();
    await harness.accept(21);
    await harness.advance(0);
    harness.destination.tokenAfterMs = TOKEN_MS;
    harness.destination.underWay[0]?.answer(DELIVERED);
    await harness.advance(1_000);
    await harness.gates.close('type:Sale', { cause: 'misconfigured', detail: null, retryAfterMs: null });
    await harness.advance(TOKEN_MS);
    expect([harness.destination.calls.length, harness.destination.withheld]).toEqual([1, 1]);
    expect(await harness.census()).toEqual({ delivered: 1, pending: 20 });
    expect(harness.notes.attempts).toHaveLength(1);
  });

  it('is not sent once the process stops, and counts for nothing', async () => {
    await waiting(3);
    const stopped = harness.dispatcher.stop(25_000);
    await harness.advance(TOKEN_MS);
    await stopped;
    expect(harness.destination.calls).toEqual([]);
    expect(await harness.census()).toEqual({ pending: 3 });
    expect(harness.notes.attempts).toEqual([]);
  });
});
