import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewEvent } from '../../src/outbox/event-record.js';
import { accept, claim, DELIVERED, deadFor, settlementOf } from '../outbox/support/events.js';
import { ANN } from '../outbox/support/lives.js';
import { ManualClock } from '../support/manual-clock.js';
import { type Caller, expectProblem, operator, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 12);
const clock = new ManualClock();

let app: IngestApp;
let chief: Caller;
let till: Caller;
beforeAll(async () => {
  app = await startIngestApp({ clock });
  [chief, till] = [await operator(app, 'chief'), await publisher(app, 'till')];
  await fill();
});
afterAll(() => app.close());

const STORE_17 = { client: 'till', source: 'store-17' };
const PAYMENT = { client: 'erp', source: 'DE01', type: 'VendorPaymentPosted' };

/** Accepted so many hours before now, oldest first; some of them ended. */
const EVENTS: readonly (readonly [number, Partial<NewEvent>, ('delivered' | 'dead' | 'cancelled')?])[] = [
  [60 * 24, { client: 'till', source: 'store-1' }, 'dead'],
  [36, STORE_17, 'delivered'],
  [35, STORE_17, 'dead'],
  [13.5, STORE_17, 'delivered'],
  [12.5, STORE_17, 'cancelled'],
  [11, STORE_17],
  [10, { client: 'till', source: 'store-18' }],
  [9, PAYMENT],
];

async function fill(): Promise<void> {
  for (const [hours, facts, end] of EVENTS) {
    clock.set(NOW - hours * HOUR_MS);
    const [id = ''] = await accept(app.store, facts);
    if (end === 'cancelled') await app.store.actions.cancel(id, ANN);
    if (end === undefined || end === 'cancelled') continue;
    const [event] = await claim(app.store);
    if (event === undefined) throw new Error('nothing was due');
    await app.store.outbox.settle([settlementOf(event, end === 'delivered' ? DELIVERED : deadFor('rejected', false))]);
  }
  clock.set(NOW);
}

interface Row {
  readonly day: string;
  readonly client: string;
  readonly source: string;
  readonly accepted: number;
}

/** The rows of a summary, in short. */
async function rowsOf(caller: Caller, query: string): Promise<readonly string[]> {
  const { status, body } = await caller.get(`/v1/events/summary${query}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return (body.rows as Row[]).map(({ day, client, source, accepted }) => `${day} ${client} ${source} ${accepted}`);
}

const ALL_OF_TILL = ['2026-11-21 till store-17 4', '2026-11-22 till store-17 1', '2026-11-22 till store-18 1'];

describe('the summary', () => {
  it('tells what a store sent on a day, and what became of it', async () => {
    const query = '?source=store-17&from=2026-11-21&to=2026-11-22&timeZone=Europe/Berlin';
    const { status, body } = await till.get(`/v1/events/summary${query}`);
    const counts = { accepted: 3, pending: 0, delivered: 2, confirmed: 0, dead: 1, cancelled: 0 };
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        from: '2026-11-20T23:00:00.000Z',
        to: '2026-11-21T23:00:00.000Z',
        timeZone: 'Europe/Berlin',
        completeFrom: '2026-11-20T23:00:00.000Z',
        total: counts,
        rows: [{ day: '2026-11-21', client: 'till', source: 'store-17', type: 'CustomerPurchase', ...counts }],
      },
    });
  });

  it.each<[string, readonly string[]]>([
    [
      '',
      [
        '2026-11-21 till store-17 4',
        '2026-11-22 erp DE01 1',
        '2026-11-22 till store-17 1',
        '2026-11-22 till store-18 1',
      ],
    ],
    [
      '?timeZone=Europe/Berlin',
      [
        '2026-11-21 till store-17 3',
        '2026-11-22 erp DE01 1',
        '2026-11-22 till store-17 2',
        '2026-11-22 till store-18 1',
      ],
    ],
    ['?client=erp', ['2026-11-22 erp DE01 1']],
    ['?type=VendorPaymentPosted', ['2026-11-22 erp DE01 1']],
    ['?type=Unknown', []],
    ['?source=store-17&to=2026-11-22', ['2026-11-21 till store-17 4']],
    ['?from=2026-11-22T02:00:00Z&to=2026-11-22T03:00:00.000Z', ['2026-11-22 till store-18 1']],
    ['?from=2026-11-22T04:00:00%2B02:00&to=2026-11-22T05:00:00%2B02:00', ['2026-11-22 till store-18 1']],
    ['?from=2026-09-20&to=2026-10-20', ['2026-09-23 till store-1 1']],
  ])('counts for an operator what fits everything given: %s', async (query, expected) => {
    expect(await rowsOf(chief, query)).toEqual(expected);
  });

  it('names the time zone as its database does', async () => {
    for (const [asked, zone] of [
      ['utc', 'UTC'],
      ['europe/berlin', 'Europe/Berlin'],
    ]) {
      expect((await till.get(`/v1/events/summary?timeZone=${asked}`)).body.timeZone).toBe(zone);
    }
  });

  it('shows a publisher its own, whatever it asks for', async () => {
    expect(await rowsOf(till, '?timeZone=UTC')).toEqual(ALL_OF_TILL);
    expect(await rowsOf(till, '?client=till')).toEqual(ALL_OF_TILL);
    expect(await rowsOf(till, '?source=DE01')).toEqual([]);
    expectProblem(await till.get('/v1/events/summary?client=erp'), 'forbidden');
  });

  it('adds the rows up', async () => {
    const { body } = await chief.get('/v1/events/summary?from=2026-09-20&to=2026-11-23');
    expect(body.total).toEqual({ accepted: 8, pending: 3, delivered: 2, confirmed: 0, dead: 2, cancelled: 1 });
  });

  it.each([
    ['from=2026-11-21', '2026-11-21T00:00:00.000Z'],
    ['from=2026-09-20', '2026-10-23T12:00:00.000Z'],
    ['from=2026-09-20&to=2026-09-24', '2026-09-24T00:00:00.000Z'],
  ])('tells from when on retention has left nothing out: %s', async (query, completeFrom) => {
    expect((await chief.get(`/v1/events/summary?${query}`)).body.completeFrom).toBe(completeFrom);
  });
});

describe('a summary that cannot be', () => {
  it.each([
    ['timeZone=Mars', 'timeZone must be the name'],
    ['timeZone=%2B01:00', 'timeZone must be the name'],
    ['timeZone=', 'timeZone must be the name'],
    ['from=2026-02-30', 'from must be a day'],
    ['from=yesterday', 'from must be a day'],
    ['from=0001-01-01', 'from must be a day'],
    ['to=9999-12-31', 'to must be a day'],
    ['to=2026-11-22T10:00:00', 'to must be a day'],
    ['from=2026-11-22&from=2026-11-21', 'from must be a day'],
    ['from=2026-11-22&to=2026-11-21', 'from must be earlier than to'],
    ['source=%00', 'source must be a text'],
    ['status=dead', 'status is not known'],
    ['cursor=MQ', 'cursor is not known'],
    ['__proto__=x', '__proto__ is not known'],
  ])('is a 400 that names what is wrong: %s', async (query, detail) => {
    const answer = await chief.get(`/v1/events/summary?${query}`);
    expectProblem(answer, 'invalid-parameter');
    expect(answer.body.detail).toContain(detail);
  });

  it('is a 400 where it is more than 92 days', async () => {
    expectProblem(await chief.get('/v1/events/summary?from=2026-01-01'), 'range-too-large');
  });

  it('is a 401 without a key', async () => {
    expect((await fetch(`${app.url}/v1/events/summary`)).status).toBe(401);
  });

  it('is a 405 for another method', async () => {
    expectProblem(await chief.post('/v1/events/summary', {}), 'method-not-allowed');
  });
});
