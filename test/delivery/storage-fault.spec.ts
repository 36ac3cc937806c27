import { afterEach, describe, expect, it } from '@jest/globals';
import type { SettleRequest } from '../../src/outbox/outbox.js';
import { Breakable } from './support/breakable.js';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

async function open() {
  const store = new Breakable();
  harness = await DeliveryHarness.open({ through: store.wrap });
  return store;
}

async function failure() {
  let failed: Error | null = null;
  void harness.dispatcher.failed.then((error) => {
    failed = error;
  });
  await harness.advance(0);
  return failed;
}

describe('a store that rolls back', () => {
  it('is told of a delivered event every second, until it takes it; the event is not sent again', async () => {
    const store = await open();
    await harness.start();
    store.fails('settle', 'storage-not-stored');
    const [id = ''] = await harness.accept(1);
    await harness.advance(45_000);
    expect(await harness.census()).toEqual({ delivering: 1 });
    store.heals('settle');
    await harness.advance(1_000);
    expect(await harness.event(id)).toMatchObject({ status: 'delivered', attemptCount: 1 });
    expect(harness.destination.calls).toHaveLength(1);
    expect(await failure()).toBeNull();
  });

  it('holds up no other settlement with one that it never takes', async () => {
    const store = await open();
    const [id = '', ...others] = await harness.accept(3);
    store.fails('settle', 'storage-not-stored', (requests) =>
      (requests as SettleRequest[]).some((one) => one.id === id),
    );
    await harness.start();
    await harness.advance(0);
    others.push(...(await harness.accept(3)));
    await harness.advance(5_000);
    for (const other of others) expect((await harness.event(other)).status).toBe('delivered');
    expect((await harness.event(id)).status).toBe('delivering');
    store.heals('settle');
    await harness.advance(1_000);
    expect((await harness.event(id)).status).toBe('delivered');
    expect(harness.destination.calls).toHaveLength(6);
  });

  it.each(['settle', 'claim', 'list', 'save', 'renewLeases'])(
    'is never silent: while it refuses %s that is told once a minute, and then that it works',
    async (method) => {
      const store = await open();
      await harness.start();
      harness.destination.answers({ after: 500, answer: { kind: 'throttled', retryAfterMs: 150_000 } });
      store.fails(method, 'storage-not-stored');
      if (method === 'renewLeases') harness.destination.answers('hold');
      await harness.accept(1);
      await harness.advance(59_000);
      expect(harness.notes.refusals).toEqual([{ call: method, detail: `${method} failed on purpose` }]);
      await harness.advance(65_000);
      expect(harness.notes.refusals.length).toBeGreaterThanOrEqual(2);
      expect(harness.notes.refusals.length).toBeLessThanOrEqual(3);
      expect(harness.notes.recoveries).toEqual([]);
      store.heals(method);
      await harness.advance(30_000);
      expect(harness.notes.recoveries).toEqual([expect.any(Number)]);
      expect(harness.notes.recoveries[0]).toBeGreaterThan(120_000);
    },
  );

  it('is told of a closed gate every second, and nothing passes meanwhile', async () => {
    const store = await open();
    harness.destination.answers({ kind: 'throttled', retryAfterMs: 60_000 });
    await harness.start();
    store.fails('save', 'storage-not-stored');
    await harness.accept(5);
    await harness.advance(30_000);
    await harness.accept(5);
    await harness.advance(0);
    expect(harness.destination.calls).toHaveLength(5);
    // Not given back either: through a gate that is not stored, it could be claimed again.
    expect(await harness.census()).toEqual({ delivering: 5, pending: 5 });
    store.heals('save');
    await harness.advance(1_000);
    expect(await harness.store.gates.list()).toMatchObject([{ name: 'user:user-a', cause: 'throttled' }]);
    expect(await harness.census()).toEqual({ pending: 10 });
  });

  it('is asked for work once a second', async () => {
    const store = await open();
    await harness.start();
    store.fails('claim', 'storage-not-stored');
    await harness.accept(3);
    await harness.advance(10_000);
    expect(harness.destination.calls).toEqual([]);
    store.heals('claim');
    await harness.advance(1_000);
    expect(await harness.census()).toEqual({ delivered: 3 });
  });

  it('is not waited for beyond the grace time of a shutdown', async () => {
    const store = await open();
    await harness.start();
    store.fails('settle', 'storage-not-stored');
    await harness.accept(3);
    await harness.advance(0);
    let stopped = false;
    void harness.dispatcher.stop(10_000).then(() => {
      stopped = true;
    });
    await harness.advance(9_999);
    expect(stopped).toBe(false);
    await harness.advance(1);
    expect(stopped).toBe(true);
    expect(harness.timers.pending).toBe(0);
  });
});

describe('a store that cannot vouch for what it said', () => {
  it.each(['claim', 'settle', 'list', 'findLostLeases', 'measure', 'renewLeases'])(
    'stops delivery and says so when %s fails',
    async (method) => {
      const store = await open();
      await harness.start();
      harness.destination.answers({ after: 15_000, answer: { kind: 'delivered' } });
      await harness.accept(2);
      await harness.advance(0);
      store.fails(method, 'storage-unknown');
      await harness.accept(50);
      await harness.advance(61_000);
      expect(await failure()).toMatchObject({ code: 'storage-unknown' });
      const calls = harness.destination.calls.length;
      await harness.accept(50);
      await harness.advance(61_000);
      expect(harness.destination.calls).toHaveLength(calls);
    },
  );

  it('is not begun with', async () => {
    const store = await open();
    store.fails('list', 'storage-unknown');
    await expect(harness.dispatcher.start()).rejects.toMatchObject({ code: 'storage-unknown' });
  });
});
