import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BatchAnswer, sendBatch, wordsIn } from './support/batch.js';
import { type Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const PATH = '/v1/events/customer-purchase/batch';

/** How many events each append brought, oldest first. */
const appends: number[] = [];
let app: IngestApp;
let caller: Caller;
let example: Record<string, unknown>;
beforeAll(async () => {
  app = await startIngestApp({
    outbox: (real) => {
      const append = real.append.bind(real);
      real.append = (events) => {
        appends.push(events.length);
        return append(events);
      };
      return real;
    },
  });
  caller = await publisher(app, 'till');
  example = { ...app.catalog.find('CustomerPurchase')?.example };
});
afterAll(() => app.close());

function purchase(purchaseId: string, more: object = {}): object {
  return { ...example, purchaseId, ...more };
}

function send(events: readonly unknown[]): Promise<BatchAnswer> {
  return sendBatch(caller, PATH, { events });
}

function keyOf(id: string | undefined): Promise<string | undefined> {
  return app.store.outbox.find(`${id}`).then((event) => event?.key);
}

describe('a batch', () => {
  it('is answered with a receipt per event, in their order, and stored', async () => {
    const { status, headers, body } = await send([purchase('B-1'), purchase('B-2'), purchase('B-3')]);
    expect(status).toBe(202);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(body).toMatchObject({ accepted: 3, repeated: 0, refused: 0 });
    expect(await Promise.all(body.results.map(({ receipt }) => keyOf(receipt?.id)))).toEqual(['B-1', 'B-2', 'B-3']);
    expect(body.results[0]?.receipt).toMatchObject({ type: 'CustomerPurchase', status: 'pending' });
  });

  it('of a thousand events is one commit', async () => {
    const before = appends.length;
    const rings = app.rings();
    const answer = await send(Array.from({ length: 1_000 }, (_, n) => purchase(`M-${n}`)));
    expect(answer.status).toBe(202);
    expect(answer.body.accepted).toBe(1_000);
    expect(appends.slice(before)).toEqual([1_000]);
    expect(app.rings()).toBe(rings + 1);
  });

  it('stores what is valid and says of the rest what is wrong with it, by pointers into the item', async () => {
    const journaled = app.journal.length;
    const wrong = purchase('C-2', { totalAmount: 1, lines: [{ sku: 'x', quantity: '1', unitPrice: 'y' }] });
    const answer = await send([purchase('C-1'), wrong, 'nonsense', purchase('C-3')]);
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({ accepted: 2, repeated: 0, refused: 2 });
    expect(wordsIn(answer)).toEqual(['accepted', 'invalid-event', 'invalid-event', 'accepted']);
    const { problem } = answer.body.results[1] ?? {};
    expect(problem).toMatchObject({ status: 400, instance: PATH, title: 'The event is not valid' });
    expect(problem?.errors?.map(({ pointer }) => pointer)).toEqual(['/totalAmount', '/lines/0/unitPrice']);
    expect(answer.body.results[2]?.problem?.errors).toEqual([{ pointer: '', detail: 'must be an object' }]);
    expect(app.journal.slice(journaled)).toEqual([
      'CustomerPurchase accepted',
      'CustomerPurchase invalid-event',
      'CustomerPurchase invalid-event',
      'CustomerPurchase accepted',
    ]);
  });

  it('is a 207, too, where nothing in it is valid', async () => {
    const answer = await send([1, 2]);
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({ accepted: 0, refused: 2 });
    expect(answer.headers.get('retry-after')).toBeNull();
  });

  it('repeated is stored once, whole or in part', async () => {
    const first = await send([purchase('D-1'), purchase('D-2')]);
    const again = await send([purchase('D-1'), purchase('D-2'), purchase('D-3')]);
    expect(again.status).toBe(202);
    expect(wordsIn(again)).toEqual(['repeated', 'repeated', 'accepted']);
    expect(again.body.results.slice(0, 2).map(({ receipt }) => receipt)).toEqual(
      first.body.results.map(({ receipt }) => receipt),
    );
  });

  it('and single events know each other by their business keys', async () => {
    const { body } = await caller.post('/v1/events/customer-purchase', purchase('E-1'));
    const answer = await send([purchase('E-1')]);
    expect(wordsIn(answer)).toEqual(['repeated']);
    expect(answer.body.results[0]?.receipt?.id).toBe(body.id);
  });

  it('that holds a key twice stores its first event, repeats it for the same content and refuses another', async () => {
    const answer = await send([purchase('F-1'), purchase('F-1'), purchase('F-1', { totalAmount: '1.00' })]);
    expect(wordsIn(answer)).toEqual(['accepted', 'repeated', 'idempotency-key-reused']);
    const [first, second] = answer.body.results;
    expect(second?.receipt).toEqual(first?.receipt);
  });

  it('keeps the order of its items within an ordering key', async () => {
    const payment = { ...app.catalog.find('VendorPaymentPosted')?.example };
    const events = Array.from({ length: 50 }, (_, n) => ({ ...payment, paymentId: `O-${n}`, vendorNumber: 'V-ORDER' }));
    await sendBatch(caller, '/v1/events/vendor-payment-posted/batch', { events });
    const listed = await caller.get('/v1/events?orderingKey=V-ORDER&limit=100');
    const keys = (listed.body.events as readonly { readonly key: string }[]).map(({ key }) => key);
    expect(keys.reverse()).toEqual(events.map(({ paymentId }) => paymentId));
  });

  it('takes no Idempotency-Key', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    expectProblem(await caller.post(PATH, { events: [purchase('G-1')] }, headers), 'invalid-idempotency-key');
  });
});

describe('an item', () => {
  it('has faults of its text judged as if it came alone', async () => {
    const twice = `{"events":[${JSON.stringify(purchase('H-1')).replace('{', '{"storeId":"s",')}]}`;
    const answer = await sendBatch(caller, PATH, twice);
    expect(wordsIn(answer)).toEqual(['invalid-event']);
    expect(answer.body.results[0]?.problem?.errors).toEqual([
      { pointer: '/storeId', detail: 'appears more than once' },
    ]);
  });

  it('may be 64 KiB as it was sent, and not a byte more', async () => {
    const text = JSON.stringify(purchase('I-1'));
    const padded = text.replace('{', `{${' '.repeat(64 * 1024 - text.length)}`);
    const answer = await sendBatch(caller, PATH, `{"events":[${padded},${padded.replace('{', '{ ')},${text}]}`);
    expect(wordsIn(answer)).toEqual(['accepted', 'payload-too-large', 'repeated']);
  });

  it('that is nested too deep is refused alone', async () => {
    const deep = `${'['.repeat(33)}${']'.repeat(33)}`;
    const answer = await sendBatch(caller, PATH, `{"events":[${deep},${JSON.stringify(purchase('J-1'))}]}`);
    expect(wordsIn(answer)).toEqual(['malformed-json', 'accepted']);
  });

  it('that Dataverse could not hand on whole is refused alone', async () => {
    const line = { sku: '"'.repeat(64), description: '\\'.repeat(190), quantity: '1', unitPrice: '1' };
    const answer = await send([purchase('K-1', { lines: Array(110).fill(line) }), purchase('K-2')]);
    expect(wordsIn(answer)).toEqual(['payload-too-large', 'accepted']);
  });
});
