import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/delivery/destination.js';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

const DELIVERED: Outcome = { kind: 'delivered' };
const OPTIONS = { concurrency: 4, users: ['user-a', 'user-b'] };

/** Events that two processes in a row died with. */
async function suspects(...types: readonly string[]): Promise<readonly string[]> {
  harness = await DeliveryHarness.open(OPTIONS);
  const ids: string[] = [];
  for (const type of types) ids.push(...(await harness.accept(1, { type })));
  for (let lost = 0; lost < 2; lost += 1) {
    const wanted = [...new Set(types)].map((type) => ({ type, limit: 100 }));
    const claim = { owner: 'dead', applicationUser: 'user-x', leaseMs: 30_000, limit: 100, wanted };
    expect(await harness.store.outbox.claim({ kind: 'ordinary', ...claim })).toHaveLength(types.length);
    const previous = harness;
    await previous.start();
    await previous.dispatcher.stop(0);
    harness = await DeliveryHarness.open({ after: previous, ...OPTIONS });
    await harness.advance(16_000);
  }
  return ids;
}

/** The events of all calls, in the order in which those began. */
function sent(): readonly string[] {
  return harness.destination.calls.map(({ id }) => id);
}

describe('many suspects', () => {
  it('are under a lease one at a time: the others lose nothing with the process that sends it', async () => {
    await suspects('Sale', 'Sale', 'Sale', 'Refund', 'Refund');
    harness.destination.answers('hold');
    await harness.start();
    await harness.advance(3_000);
    expect(await harness.census()).toEqual({ delivering: 1, pending: 4 });
    expect(sent()).toHaveLength(1);
    harness = await DeliveryHarness.open({ after: harness, ...OPTIONS });
    harness.destination.answers({ after: 50, answer: DELIVERED });
    await harness.start();
    await harness.advance(10_000);
    expect(await harness.census()).toEqual({ delivered: 4, dead: 1 });
    expect(harness.destination.calls.every(({ together }) => together === 1)).toBe(true);
  });

  it('do not wait under a lease for calls under way to end: a kill meanwhile costs them nothing', async () => {
    const [id = ''] = await suspects('Sale');
    await harness.accept(3, { type: 'Refund' });
    harness.destination.answers({ after: 60_000, answer: DELIVERED });
    await harness.start();
    await harness.advance(20_000);
    expect(sent()).toHaveLength(3);
    expect(await harness.event(id)).toMatchObject({ status: 'pending' });
    // Killed, and started anew.
    harness = await DeliveryHarness.open({ after: harness, ...OPTIONS });
    harness.destination.answers({ after: 50, answer: DELIVERED });
    await harness.start();
    await harness.advance(60_000);
    expect(await harness.census()).toEqual({ delivered: 4 });
  });

  it('are sent when the calls under way have ended, however many others wait', async () => {
    const [id = ''] = await suspects('Sale');
    await harness.accept(500, { type: 'Refund' });
    harness.destination.answers({ after: 700, answer: DELIVERED });
    await harness.start();
    await harness.advance(6_000);
    expect(await harness.event(id)).toMatchObject({ status: 'delivered' });
    expect(harness.destination.callsOf(id).map(({ together }) => together)).toEqual([1]);
  });

  it('are sent one after the other without delay where nothing else is due', async () => {
    const ids = await suspects('Sale', 'Sale', 'Refund', 'Refund');
    harness.destination.answers({ after: 50, answer: DELIVERED });
    await harness.start();
    await harness.advance(250);
    expect(await harness.census()).toEqual({ delivered: 4 });
    expect([...sent()].sort()).toEqual([...ids].sort());
    expect(harness.destination.calls.every(({ together }) => together === 1)).toBe(true);
  });

  it('let a backlog go on between them, and are sent about once a second before it', async () => {
    const ids = await suspects('Sale', 'Sale', 'Sale');
    await harness.accept(500, { type: 'Refund' });
    harness.destination.answers({ after: 50, answer: DELIVERED });
    await harness.start();
    await harness.advance(900);
    expect(sent().filter((id) => ids.includes(id))).toEqual([]);
    await harness.advance(3_600);
    const begun = harness.destination.calls.filter(({ id }) => ids.includes(id));
    expect(begun.map(({ together }) => together)).toEqual([1, 1, 1]);
    const pauses = begun.slice(1).map(({ at }, index) => at - (begun[index]?.at ?? at));
    expect(pauses.every((ms) => ms >= 1_000 && ms <= 1_700)).toBe(true);
    expect(sent().length).toBeGreaterThan(200);
    await harness.advance(10_000);
    expect(await harness.census()).toEqual({ delivered: 503 });
  });

  it('pass by those behind a closed gate, and by that of another application user', async () => {
    const [held = '', free = ''] = await suspects('Sale', 'Refund');
    harness.destination.answers({ after: 50, answer: DELIVERED });
    await harness.gates.pause('type:Sale', { by: 'operator', reason: 'held' });
    await harness.gates.pause('user:user-a', { by: 'operator', reason: 'held' });
    await harness.start();
    await harness.advance(3_000);
    expect(sent()).toEqual([free]);
    await harness.gates.resume('type:Sale', { by: 'operator', reason: null });
    await harness.advance(2_000);
    expect(harness.destination.callsOf(held).map(({ user }) => user)).toEqual(['user-b']);
  });

  it('wait for the first look like all others', async () => {
    await suspects('Sale');
    harness.verifier.finds(() => 'hold');
    await harness.start();
    await harness.advance(1_900);
    expect(sent()).toEqual([]);
    await harness.advance(1_000);
    expect(sent()).toHaveLength(1);
  });

  it('go back untouched when the process stops before their turn', async () => {
    const [suspect = ''] = await suspects('Sale');
    harness.destination.answers('hold');
    await harness.accept(1, { type: 'Refund' });
    await harness.start();
    await harness.advance(2_000);
    expect(await harness.census()).toEqual({ delivering: 1, pending: 1 });
    const stopped = harness.dispatcher.stop(1_000);
    await harness.advance(1_000);
    await stopped;
    expect(harness.destination.callsOf(suspect)).toEqual([]);
    expect(await harness.event(suspect)).toMatchObject({ status: 'pending', attemptCount: 2 });
  });
});
