import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewEvent } from '../../src/outbox/event-record.js';
import { accept, claim, DELIVERED, deadFor, settlementOf } from '../outbox/support/events.js';
import { ManualClock } from '../support/manual-clock.js';
import { Caller, expectProblem, operator, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const BEGIN = Date.UTC(2026, 10, 22, 10);
const clock = new ManualClock(BEGIN);

let app: IngestApp;
let callers: { readonly chief: Caller; readonly till: Caller; readonly both: Caller };
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  app = await startIngestApp({ clock });
  const chief = await operator(app, 'chief');
  const { apiKey } = await app.clients.create({ name: 'both', publish: ['*'], operator: true }, 'test');
  callers = { chief, till: await publisher(app, 'till'), both: new Caller(app.url, apiKey) };
  ids = await fill();
});
afterAll(() => app.close());

const VENDOR = { type: 'VendorPaymentPosted', client: 'erp', orderingKey: 'V-1' };

/** An event a minute, in this order; what a test asks for is told by its letter. */
const EVENTS: Readonly<Record<string, Partial<NewEvent>>> = {
  a: { client: 'till', key: 'K-a', source: 'store-1' },
  b: { client: 'till', key: 'K-b', source: 'store-2' },
  c: { ...VENDOR, key: 'K-c', source: 'DE01' },
  d: { ...VENDOR, key: 'K-d', source: 'DE01' },
  e: { client: 'other', key: 'K-a', source: 'store-1' },
};

async function fill(): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const [letter, facts] of Object.entries(EVENTS)) {
    [made[letter] = ''] = await accept(app.store, facts);
    clock.set(clock.now() + 60_000);
  }
  const claimed = await claim(app.store);
  const settle = async (letter: string, settlement: Parameters<typeof settlementOf>[1]) => {
    const event = claimed.find(({ id }) => id === made[letter]);
    if (event === undefined) throw new Error(`${letter} was not claimed`);
    await app.store.outbox.settle([settlementOf(event, settlement)]);
  };
  await settle('a', DELIVERED);
  await settle('b', deadFor('rejected', false));
  await settle('c', deadFor('rejected', true));
  return made;
}

/** The letters of a page, in its order. */
async function lettersOf(caller: Caller, query: string): Promise<string> {
  const { status, body } = await caller.get(`/v1/events${query}`);
  expect(status).toBe(200);
  const letters = Object.entries(ids);
  return (body.events as { id: string }[]).map(({ id }) => letters.find(([, known]) => known === id)?.[0]).join('');
}

describe('the list of events', () => {
  it.each([
    ['', 'edcba'],
    ['?type=VendorPaymentPosted', 'dc'],
    ['?status=delivered', 'a'],
    ['?status=dead', 'cb'],
    ['?status=pending', 'd'],
    ['?key=K-a', 'ea'],
    ['?key=K-a&client=other', 'e'],
    ['?orderingKey=V-1', 'dc'],
    ['?source=store-1', 'ea'],
    ['?client=till', 'ba'],
    ['?from=2026-11-22T10:02:00Z', 'edc'],
    ['?to=2026-11-22T10:02:00Z', 'ba'],
    ['?from=2026-11-22T11:01:00%2B01:00&to=2026-11-22T10:03:00.001Z', 'dcb'],
    ['?blocking=true', 'c'],
    ['?client=nobody', ''],
    ['?type=Unknown', ''],
    ['?limit=2', 'ed'],
  ])('shows an operator what fits everything given: %s', async (query, letters) => {
    expect(await lettersOf(callers.chief, query)).toBe(letters);
  });

  it.each([
    ['', 'ba'],
    ['?key=K-a', 'a'],
    ['?status=dead', 'b'],
    ['?client=till', 'ba'],
    ['?orderingKey=V-1', ''],
    ['?blocking=true', ''],
  ])('shows a publisher its own, whatever it asks for: %s', async (query, letters) => {
    expect(await lettersOf(callers.till, query)).toBe(letters);
  });

  it('shows everything to who is both', async () => {
    expect(await lettersOf(callers.both, '')).toBe('edcba');
  });

  it('tells each event as the event itself is told, without its content', async () => {
    const { body } = await callers.chief.get('/v1/events?key=K-c');
    expect(body).toEqual({ events: [(await callers.chief.get(`/v1/events/${ids.c}`)).body], next: null });
  });

  it('goes on page by page, whatever is accepted in between', async () => {
    const first = await callers.chief.get('/v1/events?limit=2&to=2026-11-22T10:05:00Z');
    await accept(app.store, { client: 'late', key: 'K-f' });
    const seen = [first.body];
    for (let next = first.body.next; typeof next === 'string'; next = seen.at(-1)?.next) {
      seen.push((await callers.chief.get(`/v1/events?limit=2&to=2026-11-22T10:05:00Z&cursor=${next}`)).body);
    }
    const order = seen.flatMap(({ events }) => (events as { id: string }[]).map(({ id }) => id));
    expect(order).toEqual(['e', 'd', 'c', 'b', 'a'].map((letter) => ids[letter]));
  });
});

describe('a cursor', () => {
  const cursorOf = (sequence: string) => Buffer.from(sequence).toString('base64url');

  it('of another filter goes on behind the same event', async () => {
    const { body } = await callers.chief.get('/v1/events?type=VendorPaymentPosted&limit=1');
    expect(await lettersOf(callers.chief, `?to=2026-11-22T10:05:00Z&cursor=${body.next}`)).toBe('cba');
  });

  it('of another client shows nothing but one’s own', async () => {
    const { body } = await callers.chief.get('/v1/events?limit=2&to=2026-11-22T10:05:00Z');
    expect(await lettersOf(callers.till, `?cursor=${body.next}`)).toBe('ba');
  });

  it.each(['1', '9007199254740991', '9007199254740992'])('may be any number: %s', async (sequence) => {
    const letters = await lettersOf(callers.till, `?cursor=${cursorOf(sequence)}`);
    expect(letters).toBe(sequence === '1' ? '' : 'ba');
  });

  it.each(['9007199254740993', '99999999999999999999', '1e3', ' 1', '0x1', '-1', '1.0'])(
    'is none that was given out: %s',
    async (sequence) => {
      const answer = await callers.till.get(`/v1/events?cursor=${cursorOf(sequence)}`);
      expectProblem(answer, 'invalid-parameter');
    },
  );
});

describe('a list that cannot be', () => {
  it.each([
    ['limit=0', 'limit must be a whole number from 1 to 200'],
    ['limit=201', 'limit must be a whole number from 1 to 200'],
    ['limit=ten', 'limit must be a whole number from 1 to 200'],
    ['limit=1.5', 'limit must be a whole number from 1 to 200'],
    ['status=gone', 'status must be "pending" or'],
    ['from=2026-02-30T00:00:00Z', 'from must be an instant'],
    ['from=2026-11-22', 'from must be an instant'],
    ['to=2026-11-22T10:00:00', 'to must be an instant'],
    ['blocking=false', 'blocking must be true'],
    ['blocking', 'blocking must be true'],
    ['blocking=true&blocking=true', 'blocking must be true'],
    ['cursor=MQ&cursor=MQ', 'cursor must be a cursor'],
    ['limit=1&limit=1', 'limit must be a whole number'],
    ['from=2026-11-22T10:00:00+01:00', 'from must be an instant'],
    ['from=2026-11-22T23:59:60Z', 'from must be an instant'],
    ['from=2026-11-22T10:00:00%2B15:00', 'from must be an instant'],
    ['type[]=a', 'type[] is not known'],
    ['Type=a', 'Type is not known'],
    ['include=data', 'include is not known'],
    ['cursor=x', 'cursor must be a cursor'],
    ['cursor=MDE', 'cursor must be a cursor'],
    ['cursor=LTE', 'cursor must be a cursor'],
    ['key=', 'key must be a text'],
    ['key=%00', 'key must be a text'],
    ['client=a%00b', 'client must be a text'],
    ['type=%00', 'type must be a text'],
    ['source=%00', 'source must be a text'],
    ['orderingKey=%00', 'orderingKey must be a text'],
    ['type=a&type=b', 'type must be a text'],
    ['colour=red', 'colour is not known'],
    ['__proto__=x', '__proto__ is not known'],
    ['limit=0&colour=red', 'limit must be a whole number from 1 to 200; colour is not known'],
  ])('is a 400 that names what is wrong: %s', async (query, detail) => {
    const answer = await callers.chief.get(`/v1/events?${query}`);
    expectProblem(answer, 'invalid-parameter');
    expect(answer.body.detail).toContain(detail);
  });

  it('is a 403 for the events of another client', async () => {
    expectProblem(await callers.till.get('/v1/events?client=other'), 'forbidden');
  });

  it('is a 401 without a key', async () => {
    expect((await fetch(`${app.url}/v1/events`)).status).toBe(401);
  });
});
