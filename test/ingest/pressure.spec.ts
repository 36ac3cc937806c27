import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Outbox } from '../../src/outbox/outbox.js';
import { type Caller, expectProblem, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';
import { overload } from './support/overload.js';

const PATH = '/v1/events/customer-purchase';
const NEARLY_FULL = { freeBytes: 100 * 1024 * 1024, loopLagMs: 0 };
const ROOMY = { freeBytes: 1024 * 1024 * 1024, loopLagMs: 0 };
const LIMIT = 3;

let app: IngestApp;
let caller: Caller;
let appends: Appends;
beforeEach(async () => {
  appends = { held: null, begun: 0 };
  app = await startIngestApp({ backlogLimit: LIMIT, outbox: (real) => holding(real, appends) });
  caller = await publisher(app, 'till');
});
afterEach(async () => {
  appends.held?.resolve();
  await app.close();
});

describe.each([
  ['the disk is nearly full', 'storage-full', '30', () => app.gate.observe(NEARLY_FULL)],
  ['the backlog is at its limit', 'backlog-full', '15', () => app.gate.backlog.update(LIMIT, 0)],
] as const)('while %s', (_, slug, retryAfter, close) => {
  it('new events are refused, unstored, and told when to come again', async () => {
    close();
    const answer = await send('new');
    expectProblem(answer, slug);
    expect(answer.headers.get('retry-after')).toBe(retryAfter);
    expect(answer.body.detail).toMatch(/nothing was stored\.$/);
    expect(await stored()).toBe(0);
    expect(app.journal).toEqual([`CustomerPurchase ${slug}`]);
    expect(app.rings()).toBe(0);
  });

  it('repeats get their first answer', async () => {
    const first = await send('known');
    close();
    const again = await send('known');
    expect(again.status).toBe(202);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(app.journal).toEqual(['CustomerPurchase accepted', 'CustomerPurchase repeated']);
  });

  it('a key that was used for other content is still a 422', async () => {
    await send('known');
    close();
    expectProblem(await send('known', { totalAmount: '1.00' }), 'idempotency-key-reused');
  });

  it('what is not valid is still a 400, for it will not be accepted later either', async () => {
    close();
    expectProblem(await send('new', { totalAmount: 'much' }), 'invalid-event');
  });

  it('events are still read', async () => {
    const { body } = await send('known');
    close();
    expect((await caller.get(`/v1/events/${body.id}`)).status).toBe(200);
  });
});

describe('room that comes back', () => {
  it('on the disk lets events in again', async () => {
    app.gate.observe(NEARLY_FULL);
    expectProblem(await send('one'), 'storage-full');
    app.gate.observe(ROOMY);
    expect((await send('one')).status).toBe(202);
  });

  it('in the backlog lets events in again', async () => {
    app.gate.backlog.update(LIMIT, 0);
    expectProblem(await send('one'), 'backlog-full');
    app.gate.backlog.update(LIMIT - 1, 0);
    expect((await send('one')).status).toBe(202);
  });
});

describe('a burst', () => {
  it('between two measurements does not exceed the backlog limit', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => send(`burst-${n}`)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(LIMIT);
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(40 - LIMIT);
    expect(await stored()).toBe(LIMIT);
  });

  it('of repeats takes no room', async () => {
    await send('known');
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('known')));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
    expect((await send('one')).status).toBe(202);
    expect((await send('two')).status).toBe(202);
  });
});

describe('overload', () => {
  it('of the event loop turns requests away before they are read', async () => {
    overload(app.gate);
    const answer = await send('new', { totalAmount: 'much' });
    expectProblem(answer, 'overloaded');
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(appends.begun).toBe(0);
  });

  it('of the queue turns requests away until the store has taken what waits', async () => {
    appends.held = Promise.withResolvers<void>();
    app.gate.backlog.update(-20_000, 0);
    const waiting = app.gate.queue.pass(
      Array(10_000).fill({ data: '' }),
      () => appends.held?.promise ?? Promise.resolve(),
    );
    expectProblem(await send('late'), 'overloaded');
    appends.held.resolve();
    await waiting;
    expect((await send('late')).status).toBe(202);
  });

  it('is counted in characters, too: few large events fill the queue as well', async () => {
    const held = Promise.withResolvers<void>();
    const large = { data: 'x'.repeat(64 * 1024) };
    const waiting = app.gate.queue.pass(Array(512).fill(large), () => held.promise);
    expectProblem(await send('late'), 'overloaded');
    held.resolve();
    await waiting;
    expect(app.gate.queue.events).toBe(0);
  });

  it('leaves nothing in the queue when the store fails', async () => {
    const failure = app.gate.queue.pass(Array(10_000).fill({ data: '' }), () => Promise.reject(new Error('away')));
    await expect(failure).rejects.toThrow('away');
    expect(app.gate.queue.isFull).toBe(false);
  });
});

describe('a gateway that stops', () => {
  it('says so, whatever else stands in the way', async () => {
    app.gate.observe(NEARLY_FULL);
    overload(app.gate);
    app.gate.close();
    expectProblem(await send('new'), 'shutting-down');
  });
});

function send(purchaseId: string, more: object = {}) {
  return caller.post(PATH, { ...app.catalog.find('CustomerPurchase')?.example, purchaseId, ...more });
}

async function stored(): Promise<number> {
  const { counts } = await app.store.outbox.measure();
  return counts.reduce((sum, { count }) => sum + count, 0);
}

interface Appends {
  begun: number;
  held: ReturnType<typeof Promise.withResolvers<void>> | null;
}

/** Counts what is appended. */
function holding(real: Outbox, seen: Appends): Outbox {
  const append: Outbox['append'] = (events) => {
    seen.begun += events.length;
    return real.append(events);
  };
  const member = (name: string | symbol): unknown => {
    const value: unknown = Reflect.get(real, name);
    return typeof value === 'function' ? value.bind(real) : value;
  };
  return new Proxy(real, { get: (_, name) => (name === 'append' ? append : member(name)) });
}
