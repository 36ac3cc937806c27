import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, Caller, expectProblem } from '../ingest/support/caller.js';
import { purchaseEvent, sendBatch } from '../ingest/support/cloud-events.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { ManualClock } from '../support/manual-clock.js';

const PATH = '/v1/event-types';
const BATCH = '/v1/events/customer-purchase/batch';

let clock: ManualClock;
let app: IngestApp;
beforeEach(async () => {
  clock = new ManualClock();
  app = await startIngestApp({ clock });
});
afterEach(() => app.close());

async function clientWith(rate: number | null, name = 'till'): Promise<Caller> {
  return new Caller(
    app.url,
    (await app.clients.create({ name, publish: ['*'], operator: false, rate }, 'cli:test')).apiKey,
  );
}

function batchOf(size: number, name: string) {
  const example = app.catalog.find('CustomerPurchase')?.example;
  return { events: Array.from({ length: size }, (_, nth) => ({ ...example, purchaseId: `${name}-${nth}` })) };
}

function passTime(ms: number): void {
  clock.set(clock.now() + ms);
}

function limitsOf({ headers }: Answer) {
  return [headers.get('ratelimit-policy'), headers.get('ratelimit'), headers.get('retry-after')];
}

describe('a client with a rate', () => {
  it('is told with every answer how much is left', async () => {
    const till = await clientWith(5);
    expect(limitsOf(await till.get(PATH))).toEqual(['"client";q=10;w=2', '"client";r=9;t=1', null]);
    for (let request = 0; request < 8; request++) await till.get(PATH);
    expect(limitsOf(await till.get('/v1/nothing'))).toEqual([null, null, null]);
    expect(limitsOf(await till.get('/v1/events?limit=x'))).toEqual(['"client";q=10;w=2', '"client";r=0;t=1', null]);
  });

  it('is refused beyond it, and let in as soon as Retry-After says', async () => {
    const till = await clientWith(5);
    for (let request = 0; request < 10; request++) expect((await till.get(PATH)).status).toBe(200);
    const refused = await till.get(PATH);
    expectProblem(refused, 'rate-limited');
    expect(limitsOf(refused)).toEqual(['"client";q=10;w=2', '"client";r=0;t=1', '1']);
    expect(app.accessJournal.refusals).toEqual(['rate-limited']);
    passTime(199);
    expectProblem(await till.get(PATH), 'rate-limited');
    passTime(1);
    expect((await till.get(PATH)).status).toBe(200);
    expectProblem(await till.get(PATH), 'rate-limited');
  });

  it('keeps to it in the long run, whatever it tries', async () => {
    const till = await clientWith(2);
    let served = 0;
    for (let tenth = 0; tenth < 300; tenth++) {
      if ((await till.get(PATH)).status === 200) served++;
      passTime(100);
    }
    expect(served).toBe(10 + 2 * 30 - 1);
  });

  it('stores nothing while it is refused', async () => {
    const till = await clientWith(1);
    for (let request = 0; request < 10; request++) await till.get(PATH);
    expectProblem(
      await till.post('/v1/events/customer-purchase', app.catalog.find('CustomerPurchase')?.example),
      'rate-limited',
    );
    expectProblem(await till.post('/v1/events/customer-purchase', 'no json'), 'rate-limited');
    expect((await app.store.outbox.measure()).counts).toEqual([]);
  });

  it('gets the largest batch through at the lowest rate, and pays for it afterwards', async () => {
    const till = await clientWith(1);
    for (let request = 0; request < 9; request++) await till.get(PATH);
    const batch = await till.post(BATCH, batchOf(1000, 'first'));
    expect(batch.status).toBe(202);
    expect(limitsOf(batch)).toEqual(['"client";q=10;w=10', '"client";r=0;t=1000', null]);
    const refused = await till.post(BATCH, batchOf(1, 'second'));
    expectProblem(refused, 'rate-limited');
    expect(refused.headers.get('retry-after')).toBe('1000');
    passTime(999_999);
    expectProblem(await till.get(PATH), 'rate-limited');
    passTime(1);
    expect((await till.post(BATCH, batchOf(1000, 'third'))).status).toBe(202);
  });

  it('pays nothing for a batch of which nothing could be stored, but for the request', async () => {
    const till = await clientWith(5);
    app.gate.observe({ freeBytes: 0, loopLagMs: 0 });
    const refused = await till.post(BATCH, batchOf(1000, 'first'));
    expectProblem(refused, 'storage-full');
    expect(limitsOf(refused)).toEqual(['"client";q=10;w=2', '"client";r=9;t=1', '30']);
    const again = await sendBatch(till, [purchaseEvent(app), purchaseEvent(app), purchaseEvent(app)]);
    expectProblem(again, 'storage-full');
    expect(limitsOf(again)[1]).toBe('"client";r=8;t=1');
  });

  it('takes nothing from the others', async () => {
    const [till, erp, free] = [await clientWith(1), await clientWith(1, 'erp'), await clientWith(null, 'free')];
    for (let request = 0; request < 11; request++) await till.get(PATH);
    expectProblem(await till.get(PATH), 'rate-limited');
    expect((await erp.get(PATH)).status).toBe(200);
    expect(limitsOf(await free.get(PATH))).toEqual([null, null, null]);
  });

  it('shares it among its keys', async () => {
    const till = await clientWith(1);
    const other = new Caller(app.url, (await app.clients.rotate({ name: 'till', keepHours: 1 }, 'cli:test')).apiKey);
    for (let request = 0; request < 5; request++) await Promise.all([till.get(PATH), other.get(PATH)]);
    expectProblem(await till.get(PATH), 'rate-limited');
    expectProblem(await other.get(PATH), 'rate-limited');
  });

  it('is held to another one within two seconds of the change', async () => {
    const till = await clientWith(null);
    expect(limitsOf(await till.get(PATH))[0]).toBeNull();
    await app.clients.limit('till', 30, 'cli:test');
    passTime(2_000);
    expect(limitsOf(await till.get(PATH))[0]).toBe('"client";q=60;w=2');
  });
});

describe('a rate for all who have none of their own', () => {
  it('holds for them, and for nobody else', async () => {
    await app.close();
    app = await startIngestApp({ clock, access: { clientRate: 7 } });
    const [usual, special] = [await clientWith(null), await clientWith(100, 'special')];
    expect(limitsOf(await usual.get(PATH))[0]).toBe('"client";q=14;w=2');
    expect(limitsOf(await special.get(PATH))[0]).toBe('"client";q=200;w=2');
  });
});
