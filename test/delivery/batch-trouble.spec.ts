import { afterEach, describe, expect, it } from '@jest/globals';
import type { Outcome } from '../../src/delivery/destination.js';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

const DELIVERED: Outcome = { kind: 'delivered' };
const callsWith = (id: string) => harness.destination.callsOf(id).map(({ batch }) => batch.length);

/** One slot, taken by a single call; behind it a backlog that will travel in batches of at most `batchSize`. */
async function behindOne(count: number, { batchSize = 10, type = 'Sale' } = {}) {
  harness = await DeliveryHarness.open({ concurrency: 1, batchSize });
  harness.destination.answers('hold');
  await harness.start();
  const ids = await harness.accept(count + 1, { type });
  await harness.advance(0);
  return ids.slice(1);
}

async function goOn() {
  for (const call of [...harness.destination.underWay]) call.answer(DELIVERED);
  await harness.advance(0);
}

describe('a batch that fails as a whole', () => {
  it('is tried again event by event, each alone', async () => {
    const ids = await behindOne(10);
    harness.destination.answers((_event, _user, attempt) => (attempt === 1 ? { kind: 'uncertain' } : DELIVERED));
    await goOn();
    expect((await harness.event(ids[0] ?? '')).attemptCount).toBe(1);
    await harness.advance(5_000);
    expect(await harness.census()).toEqual({ delivered: 11 });
    for (const id of ids) expect(callsWith(id)).toEqual([10, 1]);
  });

  it('counts as one failure of its user: four leave the gate open, the fifth closes it', async () => {
    await behindOne(100);
    harness.destination.answers({ kind: 'uncertain' });
    harness.destination.underWay[0]?.answer({ kind: 'uncertain' });
    await harness.advance(0);
    expect(harness.gates.find('user:user-a')).toMatchObject({ cause: 'unavailable', closings: 1 });
    expect(harness.destination.batches).toBe(4);
  });

  it('kills none of its events where it was rejected: one alone is condemned by its own call', async () => {
    const ids = await behindOne(10);
    const [, culprit = ''] = ids;
    harness.destination.answers((event, _user, attempt) =>
      attempt === 1 || event.id === culprit ? { kind: 'rejected' } : DELIVERED,
    );
    await goOn();
    expect(await harness.census()).toEqual({ delivered: 1, pending: 10 });
    await harness.advance(5_000);
    expect(await harness.census()).toEqual({ delivered: 10, dead: 1 });
    expect(await harness.event(culprit)).toMatchObject({ status: 'dead', reason: 'rejected', attemptCount: 2 });
    expect(harness.gates.list()).toEqual([]);
  });

  it('rejected ten times in a row closes the gate of its type, as misconfigured', async () => {
    await behindOne(100);
    harness.destination.answers({ kind: 'rejected' });
    harness.destination.underWay[0]?.answer({ kind: 'rejected' });
    await harness.advance(0);
    expect(harness.gates.find('type:Sale')).toMatchObject({ cause: 'misconfigured', closings: 1 });
    expect(harness.destination.batches).toBe(9);
    expect(await harness.census()).toEqual({ dead: 1, pending: 100 });
  });
});

describe('a target that takes no batches', () => {
  it.each<Outcome>([
    { kind: 'misconfigured', scope: 'user' },
    { kind: 'forbidden', scope: 'user' },
  ])(
    'and says $kind is sent a backlog of 2000 one by one, within minutes',
    async (refusal) => {
      harness = await DeliveryHarness.open({ batchSize: 10 });
      harness.destination.answers((_event, _user, _attempt, { length }) => ({
        after: 50,
        answer: length > 1 ? refusal : DELIVERED,
      }));
      await harness.start();
      await harness.accept(2_000);
      await harness.advance(120_000);
      expect(await harness.census()).toEqual({ delivered: 2_000 });
      expect(harness.destination.batches).toBeLessThan(41);
    },
    120_000,
  );

  it('is tried with one ever more rarely, and closes the gate no more often than that', async () => {
    harness = await DeliveryHarness.open({ batchSize: 10, concurrency: 2 });
    harness.destination.answers((_event, _user, _attempt, { length }) => ({
      after: 2_000,
      answer: length > 1 ? { kind: 'misconfigured', scope: 'user' } : DELIVERED,
    }));
    await harness.start();
    await harness.accept(2_000);
    await harness.advance(20 * 60_000);
    // At once, then after 1, 2, 4 and 8 minutes of single calls.
    const closedAt = new Set(harness.notes.gates.map(({ closedUntil }) => closedUntil));
    closedAt.delete(null);
    expect(closedAt.size).toBeLessThanOrEqual(5);
    expect((await harness.census()).delivered).toBeGreaterThan(800);
  }, 120_000);
});

describe('parts of a batch that are rejected beside others that pass', () => {
  it('are dead at once', async () => {
    const ids = await behindOne(10);
    harness.destination.answers(({ id }) => (ids.indexOf(id) < 3 ? { kind: 'rejected' } : DELIVERED));
    await goOn();
    expect(await harness.census()).toEqual({ delivered: 8, dead: 3 });
  });
});

describe('an event in doubt', () => {
  it('travels alone after a lost lease, while others share a call', async () => {
    harness = await DeliveryHarness.open({ concurrency: 1, batchSize: 10 });
    const [lost = ''] = await harness.accept(1);
    const wanted = [{ type: 'Sale', limit: 1 }];
    const claim = {
      kind: 'ordinary' as const,
      owner: 'dead',
      applicationUser: 'user-x',
      leaseMs: 30_000,
      limit: 1,
      wanted,
    };
    await harness.store.outbox.claim(claim);
    harness.destination.answers({ after: 10, answer: DELIVERED });
    await harness.start();
    await harness.accept(40);
    await harness.advance(1_000);
    await harness.accept(40);
    await harness.advance(5_000);
    expect(await harness.census()).toEqual({ delivered: 81 });
    expect(callsWith(lost)).toEqual([1]);
    expect(harness.destination.batches).toBeGreaterThan(0);
  });

  it('travels alone once it has closed its type’s gate', async () => {
    const ids = await behindOne(20);
    const [culprit = ''] = ids;
    harness.destination.answers(({ id }, _user, attempt) =>
      id === culprit && attempt === 1 ? { kind: 'misconfigured', scope: 'type' } : DELIVERED,
    );
    await goOn();
    await harness.advance(60_000);
    expect(await harness.census()).toEqual({ delivered: 21 });
    expect(callsWith(culprit)).toEqual([10, 1]);
  });
});

describe('a gate', () => {
  it('that probes lets no batch through: one event, and then as before', async () => {
    await behindOne(60);
    harness.destination.answers({ after: 10, answer: DELIVERED });
    harness.destination.underWay[0]?.answer({ kind: 'misconfigured', scope: 'type' });
    await harness.advance(0);
    expect(await harness.census()).toEqual({ pending: 61 });
    await harness.advance(30_000);
    const probing = harness.destination.calls.filter(({ endedAt }) => endedAt === null);
    expect(probing.map(({ batch }) => batch.length)).toEqual([1]);
    await harness.advance(5_000);
    expect(await harness.census()).toEqual({ delivered: 61 });
    expect(harness.destination.batches).toBeGreaterThan(0);
  });

  it('that probes lets its one event through alone, though events of other types could share its call', async () => {
    harness = await DeliveryHarness.open({ concurrency: 1, batchSize: 10 });
    harness.destination.answers({ kind: 'misconfigured', scope: 'type' });
    await harness.start();
    await harness.accept(1, { type: 'Sale' });
    await harness.advance(0);
    const [probe = ''] = await harness.accept(1, { type: 'Sale' });
    harness.destination.answers({ after: 2_000, answer: DELIVERED });
    await harness.accept(300, { type: 'Refund' });
    await harness.advance(45_000);
    expect(callsWith(probe)).toEqual([1]);
    expect(harness.destination.calls.filter(({ batch }) => batch.length === 10).length).toBeGreaterThan(100);
  });

  it('that closes for one type keeps its events out of the next batch; those of other types go', async () => {
    harness = await DeliveryHarness.open({ concurrency: 1, batchSize: 10 });
    harness.destination.answers('hold');
    await harness.start();
    const [first = ''] = await harness.accept(1);
    await harness.advance(0);
    harness.destination.answers({ after: 10, answer: DELIVERED });
    for (let turn = 0; turn < 10; turn += 1) {
      await harness.accept(1, { type: 'Sale' });
      await harness.accept(1, { type: 'Refund' });
    }
    harness.destination.underWay[0]?.answer(DELIVERED);
    await harness.advance(0);
    harness.destination.answers('hold');
    await harness.advance(5);
    await harness.gates.pause('type:Refund', { by: 'operator', reason: 'out of the batch' });
    await harness.advance(1_000);
    for (const call of [...harness.destination.underWay]) call.answer(DELIVERED);
    harness.destination.answers({ after: 10, answer: DELIVERED });
    const before = harness.destination.calls.length;
    await harness.advance(2_000);
    expect(harness.destination.calls.slice(before).every(({ type }) => type === 'Sale')).toBe(true);
    expect((await harness.event(first)).status).toBe('delivered');
    const census = await harness.census();
    expect(census.delivering ?? 0).toBe(0);
    expect(census.pending).toBeGreaterThan(0);
  });
});

describe('the size of batches', () => {
  const size = () => harness.notes.paces.get('user-a')?.batchSize;

  it('is halved by a throttle for execution time, and grows again one by one', async () => {
    await behindOne(400);
    harness.destination.answers({ kind: 'throttled', retryAfterMs: 1_000, limit: 'execution-time' });
    await goOn();
    expect(size()).toBe(5);
    harness.destination.answers({ after: 500, answer: DELIVERED });
    await harness.advance(15_000);
    expect(size()).toBe(6);
  });

  it('is halved by a batch that takes ten seconds', async () => {
    await behindOne(100);
    harness.destination.answers({ after: 10_000, answer: DELIVERED });
    await goOn();
    await harness.advance(9_999);
    expect(size()).toBe(10);
    await harness.advance(1);
    expect(size()).toBe(5);
    await harness.advance(10_000);
    expect(harness.destination.calls.at(-1)?.batch).toHaveLength(2);
  });
});
