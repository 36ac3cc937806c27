import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClaimedEvent } from '../../src/outbox/outbox.js';
import type { NewAttempt, Settlement } from '../../src/outbox/settlement.js';
import { ManualClock } from '../support/manual-clock.js';
import { type Caller, expectProblem, operator, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const PATH = '/v1/events/vendor-payment-posted';
const USER = 'b7c1d8f0-3c1e-4a55-9c6a-8d9f5f1e2a33';
const UNKNOWN = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';

const clock = new ManualClock(Date.UTC(2026, 10, 22, 10, 0, 0, 7));
let app: IngestApp;
let [erp, other, chief]: Caller[] = [];
let example: Record<string, unknown>;
beforeAll(async () => {
  app = await startIngestApp({ clock });
  [erp, other, chief] = [await publisher(app, 'erp'), await publisher(app, 'other'), await operator(app, 'chief')];
  example = { ...app.catalog.find('VendorPaymentPosted')?.example };
});
afterAll(() => app.close());

async function accept(paymentId: string): Promise<string> {
  const { body } = await caller(erp).post(PATH, { ...example, paymentId, vendorNumber: paymentId });
  return `${body.id}`;
}

function caller(known: Caller | undefined): Caller {
  if (known === undefined) throw new Error('not started');
  return known;
}

async function settle(id: string, settlement: Settlement, attempt: Partial<NewAttempt>): Promise<void> {
  const event = await claim(id);
  const line = { counted: true, startedAt: clock.now(), durationMs: 41, applicationUser: USER };
  const unknown = { httpStatus: null, errorCode: null, detail: null, serviceRequestId: null };
  const record = { outcome: 'delivered' as const, ...line, ...unknown, ...attempt };
  await app.store.outbox.settle([{ id, leaseToken: event.leaseToken, settlement, attempt: record }]);
}

async function claim(id: string): Promise<ClaimedEvent> {
  const wanted = [{ type: 'VendorPaymentPosted', limit: 100 }];
  const claimed = await app.store.outbox.claim({
    kind: 'ordinary',
    owner: 'me',
    applicationUser: USER,
    leaseMs: 30_000,
    limit: 100,
    wanted,
  });
  const event = claimed.find((candidate) => candidate.id === id);
  if (event === undefined) throw new Error('not claimed');
  return event;
}

const COUNTS = { attempts: 1, uncertain: 0, conflicted: 0, lostLeases: 0, gateClosings: 0 };

describe('an event', () => {
  it('reads exactly as the contract says', async () => {
    const id = await accept('P-1');
    const { status, body } = await caller(erp).get(`/v1/events/${id}`);
    expect(status).toBe(200);
    expect(Object.entries(body)).toEqual(
      Object.entries({
        id,
        type: 'VendorPaymentPosted',
        version: 1,
        status: 'pending',
        reason: null,
        key: 'P-1',
        orderingKey: 'P-1',
        source: 'DE01',
        client: 'erp',
        acceptedAt: '2026-11-22T10:00:00.007Z',
        availableAt: '2026-11-22T10:00:00.007Z',
        deliveredAt: null,
        confirmedAt: null,
        overdue: false,
        attemptCount: 0,
        links: { self: `/v1/events/${id}`, attempts: `/v1/events/${id}/attempts` },
      }),
    );
  });

  it('shows its content where it is asked for, to its owner and to operators', async () => {
    const id = await accept('P-2');
    const data = { ...example, paymentId: 'P-2', vendorNumber: 'P-2' };
    for (const reader of [erp, chief]) {
      expect((await caller(reader).get(`/v1/events/${id}`)).body).not.toHaveProperty('data');
      expect((await caller(reader).get(`/v1/events/${id}?include=data`)).body.data).toEqual(data);
    }
  });

  it('of another client is not there', async () => {
    const id = await accept('P-3');
    expectProblem(await caller(other).get(`/v1/events/${id}`), 'not-found');
    expectProblem(await caller(other).get(`/v1/events/${id}?include=data`), 'not-found');
    expectProblem(await caller(other).get(`/v1/events/${id}/attempts`), 'not-found');
    const unknown = await caller(other).get(`/v1/events/${UNKNOWN}`);
    const { body } = await caller(other).get(`/v1/events/${id}`);
    expect({ ...body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
  });

  it.each([['?include=everything'], ['?include='], ['?include=data&include=data'], ['?colour=red'], ['?Include=data']])(
    'includes nothing else: %s',
    async (query) => {
      expectProblem(await caller(erp).get(`/v1/events/${UNKNOWN}${query}`), 'invalid-parameter');
    },
  );

  it.each([[UNKNOWN], [UNKNOWN.toUpperCase()], ['1'], [`${UNKNOWN}0`], ["'; drop table event; --"], ['%00'], ['💥']])(
    'that nobody sent is a 404: %s',
    async (id) => {
      expectProblem(await caller(chief).get(`/v1/events/${encodeURIComponent(id)}`), 'not-found');
      expectProblem(await caller(chief).get(`/v1/events/${encodeURIComponent(id)}/attempts`), 'not-found');
    },
  );
});

describe('asking without wanting the answer', () => {
  it.each(['', '?include=data', '/attempts'])('tells the same but for the body: HEAD of an event%s', async (rest) => {
    const path = `/v1/events/${await accept(`P-head-${rest.length}`)}${rest}`;
    const [head, get] = [await caller(erp).call('HEAD', path), await caller(erp).get(path)];
    expect([head.status, head.body, head.headers.get('content-type')]).toEqual([
      200,
      {},
      get.headers.get('content-type'),
    ]);
    expect((await caller(other).call('HEAD', path)).status).toBe(404);
  });

  it.each(['/v1/events', '/v1/events/summary'])('works for HEAD of %s', async (path) => {
    expect((await caller(erp).call('HEAD', path)).status).toBe(200);
    expect((await caller(erp).call('HEAD', `${path}?colour=red`)).status).toBe(400);
  });
});

describe('a timeline', () => {
  it.each(['?colour=red', '?include=data', '?limit=1'])('takes no parameter: %s', async (query) => {
    expectProblem(await caller(erp).get(`/v1/events/${UNKNOWN}/attempts${query}`), 'invalid-parameter');
  });

  it('tells every attempt, oldest first, and how the event ended', async () => {
    const id = await accept('P-4');
    const retry = { kind: 'retry', delayMs: 2_000, counts: { ...COUNTS, uncertain: 1 } } as const;
    await settle(id, retry, { outcome: 'uncertain', errorCode: 'ECONNRESET', detail: 'the connection was reset' });
    clock.set(clock.now() + 2_000);
    const answer = { outcome: 'delivered', httpStatus: 204, serviceRequestId: 'req-1' } as const;
    await settle(id, { kind: 'delivered', counts: { ...COUNTS, attempts: 2 } }, answer);
    const { body } = await caller(erp).get(`/v1/events/${id}/attempts`);
    const attempts = body.attempts as readonly object[];
    expect(attempts).toHaveLength(2);
    expect(Object.entries(attempts[0] ?? {})).toEqual(
      Object.entries({
        number: 1,
        outcome: 'uncertain',
        counted: true,
        startedAt: '2026-11-22T10:00:00.007Z',
        durationMs: 41,
        applicationUser: USER,
        httpStatus: null,
        errorCode: 'ECONNRESET',
        detail: 'the connection was reset',
        serviceRequestId: null,
        nextAttemptAt: '2026-11-22T10:00:02.007Z',
      }),
    );
    expect(attempts[1]).toMatchObject({ number: 2, outcome: 'delivered', httpStatus: 204, nextAttemptAt: null });
    const event = await caller(erp).get(`/v1/events/${id}`);
    expect(event.body).toMatchObject({ status: 'delivered', deliveredAt: '2026-11-22T10:00:02.007Z', attemptCount: 2 });
  });

  it('of a dead event ends with the reason on the event', async () => {
    const id = await accept('P-5');
    const dead = { kind: 'dead', reason: 'rejected', blocksKey: false, counts: COUNTS } as const;
    await settle(id, dead, { outcome: 'rejected', httpStatus: 400, errorCode: '0x80040203' });
    expect((await caller(chief).get(`/v1/events/${id}`)).body).toMatchObject({ status: 'dead', reason: 'rejected' });
  });

  it('of an event that waits is empty', async () => {
    const id = await accept('P-6');
    expect((await caller(erp).get(`/v1/events/${id}/attempts`)).body).toEqual({ attempts: [], receipts: [] });
  });
});
