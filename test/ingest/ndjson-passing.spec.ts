import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StorageError, type StorageErrorCode } from '../../src/outbox/storage.error.js';
import { Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';
import { LineStream, wordsOf } from './support/line-stream.js';

const PATH = '/v1/events/vendor-payment-posted/batch';
const NDJSON = { 'Content-Type': 'application/x-ndjson' };

/** Happens before each append. */
let beforeAppend: () => void;
let app: IngestApp;
let caller: Caller;
let example: Record<string, unknown>;
beforeEach(async () => {
  beforeAppend = () => undefined;
  app = await startIngestApp({
    backlogLimit: 10,
    outbox: (real) => {
      const append = real.append.bind(real);
      real.append = async (events) => {
        beforeAppend();
        return append(events);
      };
      return real;
    },
  });
  caller = await publisher(app, 'erp');
  example = { ...app.catalog.find('VendorPaymentPosted')?.example };
});
afterEach(() => app.close());

/** One event after the other for the same vendor: their order matters. */
function lines(...ids: readonly string[]): string {
  return ids.map((paymentId) => `${JSON.stringify({ ...example, paymentId, vendorNumber: 'V-1' })}\n`).join('');
}

/** The appends after so many others fail. */
function failAfter(appends: number, code: StorageErrorCode): void {
  let left = appends;
  beforeAppend = () => {
    if (left-- <= 0) throw new StorageError(code, 'broken on purpose');
  };
}

/** The keys of what is stored, oldest first. */
async function stored(): Promise<readonly string[]> {
  const { body } = await caller.get('/v1/events?orderingKey=V-1&limit=100');
  return (body.events as readonly { readonly key: string }[]).map(({ key }) => key).reverse();
}

describe('a stream whose line is refused for a reason that passes', () => {
  it('ends there, so that nothing overtakes it, and goes on from there in another one', async () => {
    failAfter(1, 'storage-not-stored');
    const stream = LineStream.open(caller, PATH).write(lines('A', 'B'));
    await stream.first(2);
    stream.write(lines('C'));
    expect(wordsOf(await stream.all())).toEqual(['1 accepted', '2 accepted', '3 storage-unavailable']);
    expect((await stream.response).complete).toBe(true);

    beforeAppend = () => undefined;
    const next = LineStream.open(caller, PATH).write(lines('C', 'D')).end();
    expect(wordsOf(await next.all())).toEqual(['1 accepted', '2 accepted']);
    expect(await stored()).toEqual(['A', 'B', 'C', 'D']);
  });

  it('has no results for lines behind it, though they are known', async () => {
    await LineStream.open(caller, PATH).write(lines('A', 'C')).end().all();
    app.gate.backlog.update(10, 0);
    const stream = LineStream.open(caller, PATH)
      .write(lines('A', 'B', 'C'))
      .end();
    expect(wordsOf(await stream.all())).toEqual(['1 repeated', '2 backlog-full']);
  });

  it('is refused as a whole where that is its first line', async () => {
    app.gate.backlog.update(10, 0);
    const answer = await caller.post(PATH, lines('A', 'B'), NDJSON);
    expectProblem(answer, 'backlog-full');
    expect(answer.headers.get('retry-after')).toBe('15');
    expect(answer.headers.get('connection')).toBe('close');
    expect(app.journal).toEqual(['VendorPaymentPosted backlog-full', 'VendorPaymentPosted backlog-full']);
  });

  it('is told the first line that a gateway that stops did not take, though more have come', async () => {
    const limited = { name: 'limited', publish: ['*'], operator: false, rate: 5 };
    const { apiKey } = await app.clients.create(limited, 'cli:test');
    beforeAppend = () => app.gate.close();
    // At this rate a group is five lines, so that what comes at once is several.
    const stream = LineStream.open(new Caller(app.url, apiKey), PATH);
    stream.write(lines('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'));
    expect(wordsOf(await stream.all())).toEqual([
      ...['A', 'B', 'C', 'D', 'E'].map((_, index) => `${index + 1} accepted`),
      '6 shutting-down',
    ]);
  });
});

describe('a stream of which nobody knows what was stored', () => {
  it('ends without results for those lines', async () => {
    failAfter(1, 'storage-unknown');
    const stream = LineStream.open(caller, PATH).write(lines('A'));
    await stream.first(1);
    stream.write(lines('B', 'C'));
    expect(wordsOf(await stream.all())).toEqual(['1 accepted']);
    expect((await stream.response).complete).toBe(true);
  });

  it('is a problem where that are its first lines', async () => {
    failAfter(0, 'storage-unknown');
    expectProblem(await caller.post(PATH, lines('A', 'B'), NDJSON), 'storage-unknown');
  });
});
