import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { StorageError } from '../../src/outbox/storage.error.js';
import { sendBatch, wordsIn } from './support/batch.js';
import { Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const PATH = '/v1/events/customer-purchase/batch';
const MIB = 1024 * 1024;

/** What the next append fails with. */
let failure: Error | null = null;
let app: IngestApp;
let caller: Caller;
beforeAll(async () => {
  app = await startIngestApp({
    backlogLimit: 10,
    outbox: (real) => {
      const append = real.append.bind(real);
      real.append = (events) => (failure === null ? append(events) : Promise.reject(failure));
      return real;
    },
  });
  caller = await publisher(app, 'till');
});
afterAll(() => app.close());

function purchases(...ids: readonly string[]): object {
  const example = app.catalog.find('CustomerPurchase')?.example;
  return { events: ids.map((purchaseId) => ({ ...example, purchaseId })) };
}

async function stored(): Promise<number> {
  const { counts } = await app.store.outbox.measure();
  return counts.reduce((sum, { count }) => sum + count, 0);
}

describe('a batch is refused as a whole, and nothing of it stored,', () => {
  it.each([
    ['without an envelope', '[]', 'invalid-request', [' must be an object']],
    ['without events', '{"events":[]}', 'invalid-request', ['/events must have 1 to 1000 items']],
    ['with unknown members', '{"events":[1],"dryRun":true}', 'invalid-request', ['/dryRun is not a known property']],
    ['that is no JSON', 'events', 'malformed-json', undefined],
    ['that is no JSON within an item', '{"events":[VALID,{"a":nonsense}]}', 'malformed-json', undefined],
    ['that is no JSON behind its items', '{"events":[VALID]', 'malformed-json', undefined],
    ['that is empty', '', 'malformed-json', undefined],
  ] as const)('%s', async (_, body, slug, errors) => {
    const valid = JSON.stringify({ ...app.catalog.find('CustomerPurchase')?.example, purchaseId: 'whole' });
    const before = await stored();
    expectProblem(await caller.post(PATH, body.replace('VALID', valid)), slug, errors);
    expect(await stored()).toBe(before);
    expect(app.journal.at(-1)).toBe(`CustomerPurchase ${slug}`);
  });

  it('with more than a thousand events', async () => {
    const body = { events: Array(1_001).fill(1) };
    expectProblem(await caller.post(PATH, body), 'invalid-request', ['/events must have 1 to 1000 items']);
  });

  it.each(['text/plain', 'application/cloudevents+json', 'application/json; charset=latin1'])(
    'as %s',
    async (contentType) => {
      const answer = await caller.post(PATH, purchases('X'), { 'Content-Type': contentType });
      expectProblem(answer, 'unsupported-media-type');
    },
  );

  it('without a body and a Content-Type', async () => {
    expectProblem(await caller.call('POST', PATH), 'unsupported-media-type');
  });

  it('with a method that does not exist', async () => {
    const answer = await caller.get(PATH);
    expectProblem(answer, 'method-not-allowed');
    expect(answer.headers.get('allow')).toBe('POST');
  });

  it.each([
    ['storage-not-stored', 'storage-unavailable'],
    ['storage-unknown', 'storage-unknown'],
  ] as const)('where the store says %s', async (code, slug) => {
    failure = new StorageError(code, 'broken on purpose');
    try {
      expectProblem(await caller.post(PATH, purchases('S-1', 'S-2')), slug);
      expect(app.journal.slice(-2)).toEqual([`CustomerPurchase ${slug}`, `CustomerPurchase ${slug}`]);
    } finally {
      failure = null;
    }
  });

  it('beyond the rate of its client', async () => {
    const { apiKey } = await app.clients.create({ name: 'slow', publish: ['*'], operator: false, rate: 1 }, 'cli:test');
    const slow = new Caller(app.url, apiKey);
    expect((await slow.post(PATH, { events: Array(1_000).fill(1) })).status).toBe(207);
    const answer = await slow.post(PATH, purchases('R-1'));
    expectProblem(answer, 'rate-limited');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(900);
  });

  it('beyond the rate of its client, though what came before was broken at its end', async () => {
    const { apiKey } = await app.clients.create({ name: 'sly', publish: ['*'], operator: false, rate: 1 }, 'cli:test');
    const sly = new Caller(app.url, apiKey);
    expectProblem(await sly.post(PATH, '{"events":[}'), 'malformed-json');
    expectProblem(await sly.post(PATH, `{"events":[${'1,'.repeat(999)}nonsense]}`), 'malformed-json');
    const answer = await sly.post(PATH, purchases('R-2'));
    expectProblem(answer, 'rate-limited');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(900);
  });
});

describe('while nothing new is let in, a batch', () => {
  afterEach(() => app.gate.backlog.update(0, 0));

  it('gets the answers to what is known, and the others are refused', async () => {
    await sendBatch(caller, PATH, purchases('P-1', 'P-2'));
    app.gate.backlog.update(10, 0);
    const answer = await sendBatch(caller, PATH, purchases('P-1', 'P-new', 'P-2'));
    expect(answer.status).toBe(207);
    expect(wordsIn(answer)).toEqual(['repeated', 'backlog-full', 'repeated']);
    expect(answer.headers.get('retry-after')).toBe('15');
  });

  it('of which nothing is known is a 503', async () => {
    app.gate.backlog.update(10, 0);
    const answer = await caller.post(PATH, purchases('Q-1', 'Q-2'));
    expectProblem(answer, 'backlog-full');
    expect(answer.headers.get('retry-after')).toBe('15');
  });

  it('counts with all its events', async () => {
    app.gate.backlog.update(8, app.gate.backlog.mark());
    expectProblem(await caller.post(PATH, purchases('Q-3', 'Q-4', 'Q-5')), 'backlog-full');
    expect((await caller.post(PATH, purchases('Q-3', 'Q-4'))).status).toBe(202);
  });
});

describe('the body of a batch', () => {
  /** A request whose body has not come yet. */
  function announce(length: number | null, apiKey = caller.apiKey): ClientRequest {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${apiKey}` };
    const framing = length === null ? { 'Transfer-Encoding': 'chunked' } : { 'Content-Length': length };
    const outgoing = request(`${app.url}${PATH}`, {
      method: 'POST',
      headers: { ...headers, ...framing },
      agent: false,
    });
    outgoing.on('error', () => undefined);
    outgoing.flushHeaders();
    return outgoing;
  }

  async function answerTo(
    outgoing: ClientRequest,
  ): Promise<{ readonly status: number | undefined; readonly type: unknown }> {
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return { status: response.statusCode, type: JSON.parse(text).type };
  }

  it('is not read from who may not publish the type', async () => {
    const other = await publisher(app, 'erp', ['VendorPaymentPosted']);
    expect(await answerTo(announce(8 * MIB, other.apiKey))).toEqual({ status: 403, type: '/problems/forbidden' });
  });

  it('is not read where it is announced to be larger than 8 MiB', async () => {
    expect(await answerTo(announce(8 * MIB + 1))).toEqual({ status: 413, type: '/problems/payload-too-large' });
  });

  it('is read to 8 MiB and no further where it does not say how long it is', async () => {
    const outgoing = announce(null);
    const answer = answerTo(outgoing);
    outgoing.write(' '.repeat(8 * MIB));
    outgoing.write(' ');
    expect(await answer).toEqual({ status: 413, type: '/problems/payload-too-large' });
    outgoing.destroy();
  });

  it('may be 8 MiB', async () => {
    const answer = await caller.post(PATH, `{"events":[1${' '.repeat(8 * MIB - 14)}]}`);
    expect(answer.status).toBe(207);
  });
});
