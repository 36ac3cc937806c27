import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { halfClosed } from '../http/support/half-closed.js';
import { accept, claim, DELIVERED, deadFor, settlementOf } from '../outbox/support/events.js';
import { ANN, cancelled, delivered } from '../outbox/support/lives.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';
import { until } from '../support/until.js';
import { type Answer, type Caller, expectProblem, operator, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const clock = new ManualClock(Date.UTC(2026, 10, 22, 10));
/** Every wait is two timers: its end, and the next look. */
const timers = new ManualTimers(clock);

let app: IngestApp;
let till: Caller;
let other: Caller;
let chief: Caller;
beforeAll(async () => {
  app = await startIngestApp({ clock, timers });
  [till, other, chief] = [await publisher(app, 'till'), await publisher(app, 'other'), await operator(app, 'chief')];
});
afterAll(() => app.close());

const DEADLINE_MS = 10_000;
const OWN = { client: 'till' };

async function pending(): Promise<string> {
  const [id = ''] = await accept(app.store, OWN);
  return id;
}

/** A call that waits, once it does. */
async function waitingFor(id: string, prefer: string, query = ''): Promise<{ readonly answer: Promise<Answer> }> {
  const before = timers.pending;
  const answer = till.get(`/v1/events/${id}${query}`, { Prefer: prefer });
  await until(() => timers.pending > before, DEADLINE_MS);
  return { answer };
}

function told({ status, body, headers }: Answer) {
  return [status, body.status, headers.get('preference-applied')];
}

describe('a caller that prefers to wait', () => {
  it('is answered when the event is delivered, by whichever process', async () => {
    const id = await pending();
    const { answer } = await waitingFor(id, 'wait=10', '?include=data');
    const [event] = await claim(app.store);
    if (event === undefined) throw new Error('nothing was due');
    await app.store.outbox.settle([settlementOf(event, DELIVERED)]);
    await timers.advance(1_000);
    const { body, ...rest } = await answer;
    expect(told({ body, ...rest })).toEqual([200, 'delivered', 'wait=10']);
    expect(body.data).toEqual({ purchaseId: 'P-1' });
  });

  it.each([
    ['dead', deadFor('rejected', false)],
    ['dead', deadFor('rejected', true)],
  ])('is answered when the event is %s', async (status, settlement) => {
    const id = await pending();
    const { answer } = await waitingFor(id, 'wait=10');
    const [event] = await claim(app.store);
    if (event === undefined) throw new Error('nothing was due');
    await app.store.outbox.settle([settlementOf(event, settlement)]);
    app.watch.ended(id);
    expect(told(await answer)).toEqual([200, status, 'wait=10']);
  });

  it('is answered when an operator cancels the event', async () => {
    const id = await pending();
    const { answer } = await waitingFor(id, 'wait=10');
    await app.store.actions.cancel(id, ANN);
    await timers.advance(1_000);
    expect(told(await answer)).toEqual([200, 'cancelled', 'wait=10']);
  });

  it('is answered after its time with the event as it stands', async () => {
    const id = await pending();
    const { answer } = await waitingFor(id, 'wait=10');
    await timers.advance(10_000);
    expect(told(await answer)).toEqual([200, 'pending', 'wait=10']);
    await app.store.actions.cancel(id, ANN);
  });

  it('waits half a minute at most', async () => {
    const id = await pending();
    const { answer } = await waitingFor(id, 'wait=86400');
    await timers.advance(30_000);
    expect(told(await answer)).toEqual([200, 'pending', 'wait=30']);
    await app.store.actions.cancel(id, ANN);
  });

  it('is answered at once where the event has ended', async () => {
    const [done, ended] = [await delivered(app.store, OWN), await cancelled(app.store, OWN)];
    expect(told(await till.get(`/v1/events/${done}`, { Prefer: 'wait=30' }))).toEqual([200, 'delivered', 'wait=30']);
    expect(told(await till.get(`/v1/events/${ended}`, { Prefer: 'wait=30' }))).toEqual([200, 'cancelled', 'wait=30']);
  });

  it.each(['wait=soon', 'wait', 'respond-async', ''])('is answered at once with Prefer: %s', async (prefer) => {
    const id = await pending();
    expect(told(await till.get(`/v1/events/${id}`, { Prefer: prefer }))).toEqual([200, 'pending', null]);
    await app.store.actions.cancel(id, ANN);
  });

  it('waits no time at all where it says so', async () => {
    const id = await pending();
    const { answer } = await waitingFor(id, 'wait=0');
    await timers.advance(0);
    expect(told(await answer)).toEqual([200, 'pending', 'wait=0']);
    await app.store.actions.cancel(id, ANN);
  });

  it('learns nothing of the event of another client, and does not wait for it', async () => {
    const id = await pending();
    expectProblem(await other.get(`/v1/events/${id}`, { Prefer: 'wait=30' }), 'not-found');
    expect(timers.pending).toBe(0);
    await app.store.actions.cancel(id, ANN);
  });

  it('leaves nothing behind when it goes', async () => {
    const id = await pending();
    const call = request(`${app.url}/v1/events/${id}`, {
      headers: { Authorization: `Bearer ${till.apiKey}`, Prefer: 'wait=30' },
    });
    call.on('error', () => {
      // It was we who went.
    });
    call.end();
    await until(() => timers.pending > 0, DEADLINE_MS);
    call.destroy();
    await until(() => timers.pending === 0, DEADLINE_MS);
    await app.store.actions.cancel(id, ANN);
  });

  it('is answered at once when it closes its side', async () => {
    const id = await pending();
    const lines = [`GET /v1/events/${id} HTTP/1.1`, 'Host: x', `X-API-Key: ${till.apiKey}`, 'Prefer: wait=30', '', ''];
    const answer = await halfClosed(app.port, lines.join('\r\n'));
    expect(answer).toMatch(/^HTTP\/1\.1 200 [\s\S]*"status":"pending"/);
    expect(answer).not.toMatch(/preference-applied/i);
    expect(timers.pending).toBe(0);
    await app.store.actions.cancel(id, ANN);
  });

  it('is answered as all others while too many wait', async () => {
    const ids = await accept(app.store, ...Array.from({ length: 101 }, () => OWN));
    const answers = ids.map((id) => till.get(`/v1/events/${id}`, { Prefer: 'wait=30' }));
    const first = await Promise.race(answers);
    expect(told(first)).toEqual([200, 'pending', null]);
    expect(told(await chief.get(`/v1/events/${ids[0]}`))).toEqual([200, 'pending', null]);
    for (const id of ids) app.watch.ended(id);
    const applied = (await Promise.all(answers)).map(({ headers }) => headers.get('preference-applied'));
    expect(applied.filter((value) => value === 'wait=30')).toHaveLength(100);
    for (const id of ids) await app.store.actions.cancel(id, ANN);
  });

  it('is answered at once when the gateway stops', async () => {
    const id = await pending();
    const { answer } = await waitingFor(id, 'wait=30');
    app.watch.close();
    expect(told(await answer)).toEqual([200, 'pending', null]);
    expect(told(await till.get(`/v1/events/${id}`, { Prefer: 'wait=30' }))).toEqual([200, 'pending', null]);
  });
});
