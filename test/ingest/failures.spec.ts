import { afterEach, describe, expect, it } from '@jest/globals';
import { AcceptanceGate } from '../../src/ingest/acceptance-gate.js';
import type { Outbox } from '../../src/outbox/outbox.js';
import { StorageError, type StorageErrorCode } from '../../src/outbox/storage.error.js';
import { type Answer, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const PATH = '/v1/events/customer-purchase';

let app: IngestApp;
afterEach(() => app.close());

/** An outbox whose every method fails alike. */
function failing(error: Error): Outbox {
  const fail = () => Promise.reject(error);
  return { ...UNUSED, append: fail, find: fail, listAttempts: fail };
}

const unused = () => Promise.reject(new Error('ingest has no business here'));
const UNUSED = {
  recall: unused,
  whichEnded: unused,
  list: unused,
  summarize: unused,
  claim: unused,
  renewLeases: unused,
  findLostLeases: unused,
  settle: unused,
  measure: unused,
};

async function publishWith(outbox: Outbox): Promise<Answer> {
  app = await startIngestApp({ outbox: () => outbox });
  const caller = await publisher(app, 'till');
  return caller.post(PATH, app.catalog.find('CustomerPurchase')?.example);
}

describe('a store that fails', () => {
  it.each<[StorageErrorCode, 'storage-unavailable' | 'storage-unknown' | 'shutting-down']>([
    ['storage-not-stored', 'storage-unavailable'],
    ['storage-unknown', 'storage-unknown'],
    ['storage-closed', 'shutting-down'],
  ])('with %s is a 503 that says so and when to come again', async (code, slug) => {
    const answer = await publishWith(failing(new StorageError(code, 'SECRET of the driver')));
    expectProblem(answer, slug);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(JSON.stringify(answer.body)).not.toContain('SECRET');
    expect(app.journal).toEqual([`CustomerPurchase ${slug}`]);
    expect(app.rings()).toBe(0);
  });

  it('in a way nobody foresaw is a 500 without detail', async () => {
    const answer = await publishWith(failing(new TypeError('SECRET of a bug')));
    expectProblem(answer, 'internal-error');
    expect(JSON.stringify(answer.body)).not.toContain('SECRET');
  });

  it('is a 503 to readers, too', async () => {
    app = await startIngestApp({ outbox: () => failing(new StorageError('storage-not-stored', 'busy')) });
    const caller = await publisher(app, 'till');
    expectProblem(await caller.get('/v1/events/019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70'), 'storage-unavailable');
  });

  it('while it looks up a key is a 503, not a 401', async () => {
    const refusal = new StorageError('storage-not-stored', 'busy');
    app = await startIngestApp({
      clients: (real) => new Proxy(real, { get: (target, name) => lookUpFails(target, name, refusal) }),
    });
    const caller = await publisher(app, 'till');
    expectProblem(await caller.get('/v1/event-types'), 'storage-unavailable');
    expectProblem(await caller.post(PATH, {}), 'storage-unavailable');
  });
});

describe('a gateway that stops', () => {
  it('accepts nothing more, and says when to come again; reads go on', async () => {
    app = await startIngestApp();
    const caller = await publisher(app, 'till');
    const example = app.catalog.find('CustomerPurchase')?.example;
    const { body } = await caller.post(PATH, example);
    app.app.get(AcceptanceGate, { strict: false }).close();
    const answer = await caller.post(PATH, { ...example, purchaseId: 'later' });
    expectProblem(answer, 'shutting-down');
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.headers.get('connection')).toBe('close');
    expect((await caller.get(`/v1/events/${body.id}`)).status).toBe(200);
    expect((await app.store.outbox.measure()).counts).toEqual([
      { type: 'CustomerPurchase', status: 'pending', count: 1 },
    ]);
  });

  it('answers what it has begun before it closes', async () => {
    const release = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    app = await startIngestApp({ outbox: (real) => slowed(real, begun.resolve, release.promise) });
    const caller = await publisher(app, 'till');
    const answer = caller.post(PATH, app.catalog.find('CustomerPurchase')?.example);
    await begun.promise;
    const closed = app.app.close();
    release.resolve();
    expect((await answer).status).toBe(202);
    await closed;
  });
});

function lookUpFails(target: object, name: string | symbol, refusal: Error): unknown {
  if (name === 'findKeys') return () => Promise.reject(refusal);
  const member: unknown = Reflect.get(target, name);
  return typeof member === 'function' ? member.bind(target) : member;
}

/** Tells when an append begins, and lets it go on when told. */
function slowed(real: Outbox, begin: () => void, release: Promise<void>): Outbox {
  const append: Outbox['append'] = async (events) => {
    begin();
    await release;
    return real.append(events);
  };
  return new Proxy(real, { get: (target, name) => (name === 'append' ? append : Reflect.get(target, name)) });
}
