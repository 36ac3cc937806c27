import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/delivery/destination.js';
import { catalogOf } from './support/definitions.js';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

const DELIVERED: Outcome = { kind: 'delivered' };
const MISSING: Outcome = { kind: 'misconfigured', scope: 'type' };

describe('an event type that Dataverse does not know', () => {
  it('waits behind its gate while other types pass', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers((event) => (event.type === 'Sale' ? MISSING : DELIVERED));
    await harness.start();
    await harness.accept(1);
    await harness.advance(0);
    const sales = await harness.accept(50);
    const refunds = await harness.accept(50, { type: 'Refund' });
    await harness.advance(29_000);
    expect(harness.destination.calls.filter(({ type }) => type === 'Sale')).toHaveLength(1);
    const statuses = await Promise.all([...sales, ...refunds].map(async (id) => (await harness.event(id)).status));
    expect(statuses).toEqual([...Array(50).fill('pending'), ...Array(50).fill('delivered')]);
  });

  it('is probed by one event at a time, each time another one', async () => {
    harness = await DeliveryHarness.open({ concurrency: 10 });
    harness.destination.answers(MISSING);
    await harness.start();
    await harness.accept(1);
    await harness.advance(0);
    await harness.accept(9);
    await harness.advance(30 * 60_000);
    const { calls } = harness.destination;
    expect(calls.length).toBeGreaterThan(4);
    for (const [index, call] of calls.entries()) expect(call.id).not.toBe(calls[index + 1]?.id);
    expect(new Set(calls.map(({ at }) => at)).size).toBe(calls.length);
    expect(await harness.census()).toEqual({ pending: 10 });
  });

  it('is probed by its only event where there is no other', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers((_event, _user, attempt) => (attempt === 1 ? MISSING : DELIVERED));
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(30_000);
    expect((await harness.event(id)).status).toBe('delivered');
  });

  it('loses no event, however often one closes the gate while nothing passes', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers(MISSING);
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(3_600_000);
    expect(harness.destination.calls.length).toBeGreaterThan(8);
    expect(await harness.event(id)).toMatchObject({ status: 'pending', attemptCount: 0 });
  });

  it('is probed at once when an operator says so, by the very event that closed it where there is no other', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers(MISSING);
    await harness.start();
    await harness.accept(1);
    await harness.advance(0);
    harness.destination.answers(DELIVERED);
    await harness.gates.reprobe('type:Sale');
    await harness.advance(0);
    expect(await harness.census()).toEqual({ delivered: 1 });
  });

  it('is wide open again after one delivered event', async () => {
    harness = await DeliveryHarness.open({ concurrency: 8 });
    harness.destination.answers(MISSING);
    await harness.start();
    await harness.accept(10);
    await harness.advance(0);
    harness.destination.answers({ after: 10, answer: DELIVERED });
    await harness.advance(30_010);
    await harness.accept(20);
    await harness.advance(0);
    expect(harness.destination.underWay).toHaveLength(8);
    await harness.advance(20);
    expect(harness.gates.find('type:Sale')).toMatchObject({ cause: null, closings: 0 });
  });

  it('that stands open again lets events be claimed, though the clock steps back to when it was closed', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers(MISSING);
    await harness.start();
    await harness.accept(1);
    await harness.advance(0);
    harness.destination.answers(DELIVERED);
    await harness.advance(31_000);
    expect(await harness.census()).toEqual({ delivered: 1 });
    harness.clock.set(harness.now - 20_000);
    const [id = ''] = await harness.accept(1);
    await harness.advance(2_000);
    expect((await harness.event(id)).status).toBe('delivered');
  });

  it('loses an event that closes the gate three times while others pass', async () => {
    harness = await DeliveryHarness.open();
    harness.destination.answers(({ id }) => (id === culprit ? MISSING : DELIVERED));
    const [culprit = ''] = await harness.accept(1);
    await harness.start();
    await harness.advance(0);
    for (let round = 0; round < 4; round += 1) {
      await harness.accept(5);
      await harness.advance(40_000);
    }
    expect(await harness.event(culprit)).toMatchObject({ status: 'dead', reason: 'rejected' });
    expect(harness.destination.callsOf(culprit)).toHaveLength(3);
    expect(await harness.census()).toEqual({ delivered: 20, dead: 1 });
  });
});

describe('ten rejected events in a row', () => {
  it('close the gate of their type; the others of the backlog live', async () => {
    harness = await DeliveryHarness.open({ concurrency: 1 });
    harness.destination.answers({ kind: 'rejected' });
    await harness.start();
    await harness.accept(30);
    await harness.advance(0);
    expect(await harness.census()).toEqual({ dead: 10, pending: 20 });
    expect(harness.gates.find('type:Sale')).toMatchObject({ cause: 'misconfigured', closings: 1 });
    await harness.advance(30_000);
    expect(await harness.census()).toEqual({ dead: 11, pending: 19 });
    expect(harness.gates.find('type:Sale').closings).toBe(2);
  });

  it('close it again with the next one, though a restart came between', async () => {
    const before = await DeliveryHarness.open({ concurrency: 1 });
    before.destination.answers({ kind: 'rejected' });
    await before.start();
    await before.accept(30);
    await before.advance(0);
    await before.dispatcher.stop(0);
    harness = await DeliveryHarness.open({ after: before });
    harness.destination.answers({ kind: 'rejected' });
    await harness.start();
    await harness.advance(29_999);
    expect(harness.destination.calls).toHaveLength(0);
    await harness.advance(1);
    expect(await harness.census()).toEqual({ dead: 11, pending: 19 });
  });
});

describe('an application user that may not send a type', () => {
  it('leaves it to those that may, and sends the rest', async () => {
    harness = await DeliveryHarness.open({ users: ['user-a', 'user-b'], concurrency: 4 });
    harness.destination.answers((event, user) =>
      user === 'user-a' && event.type === 'Sale'
        ? { kind: 'forbidden', scope: 'pair' }
        : { after: 10, answer: DELIVERED },
    );
    await harness.start();
    await harness.accept(20);
    await harness.accept(20, { type: 'Refund' });
    await harness.advance(200);
    expect(await harness.census()).toEqual({ delivered: 40 });
    expect(harness.gates.list().map(({ name }) => name)).toEqual(['user:user-a+type:Sale']);
    expect(harness.destination.calls.some(({ user, type }) => user === 'user-a' && type === 'Refund')).toBe(true);
  });
});

describe('a stored event whose definition is gone', () => {
  it('waits behind a closed gate that says so, and goes on when the definition is back', async () => {
    const without = await DeliveryHarness.open({
      catalog: catalogOf({ type: 'Refund', orderingKey: null, whenDead: 'continue' }),
    });
    const [id = ''] = await without.accept(1);
    await without.start();
    await without.advance(60_000);
    expect((await without.event(id)).status).toBe('pending');
    expect(without.gates.find('type:Sale')).toMatchObject({
      cause: 'misconfigured',
      detail: expect.stringContaining('no definition'),
    });
    await without.dispatcher.stop(0);
    harness = await DeliveryHarness.open({ after: without });
    await harness.start();
    await harness.advance(0);
    expect((await harness.event(id)).status).toBe('delivered');
  });
});
