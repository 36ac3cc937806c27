import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewEvent } from '../../src/outbox/event-record.js';
import type { NewAttempt, Settlement } from '../../src/outbox/settlement.js';
import { eventIn } from '../operations/admin/support/ended-events.js';
import { accept, attemptOf, claim, NO_COUNTS, retryIn, settlementOf } from '../outbox/support/events.js';
import { confirm, DELIVERED_AWAITED } from '../outbox/support/receipts.js';
import { ManualClock } from '../support/manual-clock.js';
import { type Caller, expectProblem, operator, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const BEGIN = Date.UTC(2026, 10, 22, 10);
const ANN = { by: 'ann', reason: null, force: true };

const clock = new ManualClock(BEGIN);
let app: IngestApp;
let callers: { readonly chief: Caller; readonly till: Caller; readonly other: Caller };
beforeAll(async () => {
  app = await startIngestApp({ clock });
  callers = {
    chief: await operator(app, 'chief'),
    till: await publisher(app, 'till'),
    other: await publisher(app, 'other'),
  };
});
afterAll(() => app.close());

async function settled(settlement: Settlement, facts: Partial<NewEvent> = {}, attempt: Partial<NewAttempt> = {}) {
  const [id = ''] = await accept(app.store, { client: 'till', ...facts });
  const event = (await claim(app.store)).find((claimed) => claimed.id === id);
  if (event === undefined) throw new Error('not claimed');
  await app.store.outbox.settle([settlementOf(event, settlement, attemptOf({ startedAt: clock.now(), ...attempt }))]);
  return id;
}

/** An event of the till's that Dataverse took, with a receipt to come. */
function awaited(facts: Partial<NewEvent> = {}): Promise<string> {
  return settled(DELIVERED_AWAITED, facts);
}

async function read(id: string, rest = ''): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await callers.till.get(`/v1/events/${id}${rest}`);
  expect(status).toBe(200);
  return body;
}

async function resultsOf(id: string): Promise<readonly string[]> {
  const { receipts } = await read(id, '/attempts');
  return (receipts as { result: string }[]).map(({ result }) => result);
}

describe('a receipt', () => {
  it('confirms its event, and stands in the timeline exactly as the contract says', async () => {
    const id = await awaited();
    expect(await read(id)).toMatchObject({ status: 'delivered', confirmedAt: null });
    clock.set(clock.now() + 1_250);
    const now = new Date(clock.now()).toISOString();
    await confirm(app.store, id, {
      step: 'S-1',
      operation: 'O-1',
      operationAt: BEGIN + 1_000,
      requestId: 'R-1',
      correlationId: 'C-1',
    });

    expect(await read(id)).toMatchObject({ status: 'delivered', confirmedAt: now, attemptCount: 1 });
    const { attempts, receipts } = await read(id, '/attempts');
    expect(attempts).toEqual([expect.objectContaining({ number: 1, outcome: 'delivered' })]);
    const [receipt, ...others] = receipts as object[];
    expect(others).toEqual([]);
    expect(Object.entries(receipt ?? {})).toEqual(
      Object.entries({
        receivedAt: now,
        channel: 'webhook',
        result: 'confirmed',
        step: 'S-1',
        operation: 'O-1',
        operationAt: '2026-11-22T10:00:01.000Z',
        requestId: 'R-1',
        correlationId: 'C-1',
        stripped: false,
      }),
    );
  });

  it('tells nothing of what Dataverse did not tell, and that the content was stripped', async () => {
    const id = await awaited();
    await confirm(app.store, id, { channel: 'service-bus', stripped: true });
    expect((await read(id, '/attempts')).receipts).toEqual([
      expect.objectContaining({
        channel: 'service-bus',
        operationAt: null,
        requestId: null,
        correlationId: null,
        stripped: true,
      }),
    ]);
  });

  it('is listed with what it came to, oldest first; a post that was repeated is listed once', async () => {
    const id = await awaited();
    const first = { step: 'S-1', operation: 'O-1' };
    for (const facts of [first, first, { step: 'S-2', operation: 'O-2' }, { step: 'S-1', operation: 'O-3' }]) {
      clock.set(clock.now() + 1);
      await confirm(app.store, id, facts);
    }
    expect(await resultsOf(id)).toEqual(['confirmed', 'accompanying', 'duplicate']);
  });

  it('delivers an event whose answer was lost; the timeline keeps what the attempt came to', async () => {
    const id = await settled(
      retryIn(60_000, { attempts: 1, uncertain: 1 }),
      {},
      { outcome: 'uncertain', httpStatus: null },
    );
    expect(await read(id)).toMatchObject({ status: 'pending', deliveredAt: null });
    clock.set(clock.now() + 1);
    await confirm(app.store, id);
    const now = new Date(clock.now()).toISOString();
    expect(await read(id)).toMatchObject({ status: 'delivered', deliveredAt: now, confirmedAt: now });
    expect((await read(id, '/attempts')).attempts).toEqual([expect.objectContaining({ outcome: 'uncertain' })]);
    expect(await claim(app.store)).toEqual([]);
  });

  it('decides against what the attempt under way says, which the timeline tells all the same', async () => {
    const [id = ''] = await accept(app.store, { client: 'till' });
    const [event] = await claim(app.store);
    if (event?.id !== id) throw new Error('not claimed');
    await confirm(app.store, id);
    const confirmedAt = new Date(clock.now()).toISOString();
    expect(await read(id)).toMatchObject({ status: 'delivering', deliveredAt: null, confirmedAt });
    const attempt = attemptOf({ outcome: 'uncertain', httpStatus: null });
    await app.store.outbox.settle([settlementOf(event, retryIn(60_000, { attempts: 1, uncertain: 1 }), attempt)]);
    expect(await read(id)).toMatchObject({ status: 'delivered', confirmedAt });
    const { attempts } = await read(id, '/attempts');
    expect(attempts).toEqual([expect.objectContaining({ outcome: 'uncertain', nextAttemptAt: null })]);
  });

  it('of a dead event leaves it dead, and notes when Dataverse raised it all the same', async () => {
    const dead = { kind: 'dead', reason: 'uncertain', blocksKey: false, counts: NO_COUNTS } as const;
    const id = await settled(dead, {}, { outcome: 'uncertain', httpStatus: null });
    await confirm(app.store, id);
    expect(await read(id)).toMatchObject({ status: 'dead', confirmedAt: new Date(clock.now()).toISOString() });
  });

  it('is nobody’s but the event’s own client’s and operators’', async () => {
    const id = await awaited();
    await confirm(app.store, id);
    expectProblem(await callers.other.get(`/v1/events/${id}/attempts`), 'not-found');
    expect((await callers.chief.get(`/v1/events/${id}/attempts`)).body.receipts).toHaveLength(1);
  });

  it('from before a replay proves nothing of it', async () => {
    const id = await awaited();
    await confirm(app.store, id);
    await app.store.actions.replay(id, ANN);
    expect(await read(id)).toMatchObject({ status: 'pending', confirmedAt: null });
    await confirm(app.store, id, { operationAt: BEGIN - 60_000 });
    expect(await read(id)).toMatchObject({ status: 'pending', confirmedAt: null });
    expect(await resultsOf(id)).toEqual(['confirmed', 'outdated']);
    await app.store.actions.cancel(id, ANN);
  });

  it('is not what a wait waits for', async () => {
    const id = await awaited();
    const { body, headers } = await callers.till.get(`/v1/events/${id}`, { Prefer: 'wait=30' });
    expect(body).toMatchObject({ status: 'delivered', confirmedAt: null });
    expect(headers.get('preference-applied')).toBe('wait=30');
  });
});

describe('what is overdue', () => {
  let ids: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const store = { source: 'overdue' };
    ids = {
      late: await awaited({ ...store, key: 'late' }),
      mended: await awaited({ ...store, key: 'mended' }),
      other: await awaited({ ...store, client: 'other' }),
      payment: await awaited({ ...store, type: 'VendorPaymentPosted', orderingKey: 'V-1' }),
      unawaited: await eventIn(app.store, 'delivered', { ...store, client: 'till' }),
      dead: await eventIn(app.store, 'dead', { ...store, client: 'till' }),
    };
    clock.set(clock.now() + 900_001);
    ids = { ...ids, young: await awaited(store) };
    await app.store.receipts.markOverdue(1_000);
    await confirm(app.store, ids.mended ?? '');
  });

  async function listed(caller: Caller, query: string): Promise<readonly string[]> {
    const { status, body } = await caller.get(`/v1/events?source=overdue&${query}`);
    expect(status).toBe(200);
    const named = Object.entries(ids);
    return (body.events as { id: string }[]).map(({ id }) => named.find(([, known]) => known === id)?.[0] ?? id);
  }

  it.each([
    ['overdue=true', ['payment', 'other', 'late']],
    ['overdue=true&client=till', ['payment', 'late']],
    ['overdue=true&type=VendorPaymentPosted', ['payment']],
    ['overdue=true&status=delivered&key=late', ['late']],
    ['overdue=true&orderingKey=V-1', ['payment']],
    ['overdue=true&status=dead', []],
    ['overdue=true&blocking=true', []],
    ['overdue=true&limit=1', ['payment']],
    ['overdue=true&from=2026-11-22T11:00:00Z', []],
  ])('is listed for an operator, with every other filter: %s', async (query, names) => {
    expect(await listed(callers.chief, query)).toEqual(names);
  });

  it('is listed for a publisher as far as it is its own', async () => {
    expect(await listed(callers.till, 'overdue=true')).toEqual(['payment', 'late']);
    expect(await listed(callers.other, 'overdue=true')).toEqual(['other']);
    expectProblem(await callers.till.get('/v1/events?overdue=true&client=other'), 'forbidden');
  });

  it.each(['maybe', 'false', 'TRUE', '1', '', 'true&overdue=true'])('is not asked for by %j', async (text) => {
    const answer = await callers.chief.get(`/v1/events?overdue=${text}`);
    expectProblem(answer, 'invalid-parameter');
    expect(answer.body.detail).toContain('overdue must be true, or left out');
  });

  it('stays delivered, and leaves the list when it is replayed', async () => {
    const id = await awaited({ source: 'replayed' });
    clock.set(clock.now() + 900_001);
    await app.store.receipts.markOverdue(1_000);
    const list = () => callers.till.get('/v1/events?overdue=true&source=replayed');
    const overdue = expect.objectContaining({ id, status: 'delivered', confirmedAt: null, overdue: true });
    expect((await list()).body.events).toEqual([overdue]);
    expect(await read(id)).toEqual(overdue);
    await app.store.actions.replay(id, ANN);
    expect(await read(id)).toMatchObject({ status: 'pending', overdue: false });
    expect((await list()).body.events).toEqual([]);
    await app.store.actions.cancel(id, ANN);
  });
});

describe('the summary', () => {
  it('counts what is confirmed among what is delivered, and nothing else', async () => {
    const facts = { source: 'summed' };
    const delivered = [await awaited(facts), await awaited(facts), await awaited(facts)];
    const dead = await eventIn(app.store, 'dead', { ...facts, client: 'till' });
    // What is accepted in this very millisecond is not counted.
    clock.set(clock.now() + 1);
    const counts = async () => (await callers.till.get('/v1/events/summary?source=summed')).body.total;
    const all = { accepted: 4, pending: 0, delivered: 3, dead: 1, cancelled: 0 };
    expect(await counts()).toEqual({ ...all, confirmed: 0 });
    for (const id of [...delivered.slice(1), dead]) await confirm(app.store, id);
    expect(await counts()).toEqual({ ...all, confirmed: 2 });
    await app.store.actions.replay(delivered[2] ?? '', ANN);
    expect(await counts()).toEqual({ ...all, pending: 1, delivered: 2, confirmed: 1 });
  });
});
