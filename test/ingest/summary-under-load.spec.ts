import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SummaryStep, SummaryStepResult } from '../../src/outbox/event-summary.js';
import type { Outbox } from '../../src/outbox/outbox.js';
import { StorageError } from '../../src/outbox/storage.error.js';
import { halfClosed } from '../http/support/half-closed.js';
import { until } from '../support/until.js';
import { type Caller, expectProblem, operator, publisher } from './support/caller.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

const DEADLINE_MS = 10_000;
const PATH = '/v1/events/summary';

/** A store whose steps end when a test lets them, each with another one to follow. */
class HeldStore {
  readonly asked: SummaryStep[] = [];
  answer: Promise<SummaryStepResult> | null = null;
  private held = Promise.withResolvers<SummaryStepResult>();

  summarize = (step: SummaryStep): Promise<SummaryStepResult> => {
    this.asked.push(step);
    return this.answer ?? this.held.promise;
  };

  /** Ends the step under way. */
  release(result: SummaryStepResult): void {
    const { held } = this;
    this.held = Promise.withResolvers();
    held.resolve(result);
  }
}

const LAST: SummaryStepResult = { counts: [], next: null };

let store: HeldStore;
let app: IngestApp;
let till: Caller;
let chief: Caller;
beforeEach(async () => {
  store = new HeldStore();
  const { summarize } = store;
  app = await startIngestApp({ outbox: (real): Outbox => Object.assign(Object.create(real), { summarize }) });
  [till, chief] = [await publisher(app, 'till'), await operator(app, 'chief')];
});
afterEach(() => app.close());

describe('summaries while others are being counted', () => {
  it('are refused to a client that has two already, and not to others', async () => {
    const own = Array.from({ length: 3 }, () => till.get(PATH));
    const refused = await Promise.race(own);
    expectProblem(refused, 'rate-limited');
    expect(refused.headers.get('retry-after')).toBe('5');
    const other = chief.get(PATH);
    await until(() => store.asked.length === 1, DEADLINE_MS);
    store.answer = Promise.resolve(LAST);
    store.release(LAST);
    expect((await Promise.all([...own, other])).map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
    expect((await till.get(PATH)).status).toBe(200);
  });

  it('take turns, a step each', async () => {
    const both = [till.get(`${PATH}?source=a`), chief.get(`${PATH}?source=b`)];
    await until(() => store.asked.length === 1, DEADLINE_MS);
    const sources = () => store.asked.map(({ filter }) => filter.source).join('');
    const goOn = async () => {
      const steps = store.asked.length + 1;
      store.release({ counts: [], next: { after: steps, before: 99 } });
      await until(() => store.asked.length === steps, DEADLINE_MS);
    };
    while (!/ab|ba/.test(sources())) await goOn();
    for (let steps = 0; steps < 4; steps += 1) await goOn();
    expect(sources()).toMatch(/(abab|baba)$/);
    store.answer = Promise.resolve(LAST);
    store.release(LAST);
    await Promise.all(both);
  });

  it('are not counted any further for a caller that has gone', async () => {
    const call = request(`${app.url}${PATH}`, { headers: { Authorization: `Bearer ${till.apiKey}` } });
    call.on('error', () => {
      // It was we who went.
    });
    call.end();
    await until(() => store.asked.length === 1, DEADLINE_MS);
    call.socket?.resetAndDestroy();
    // The gateway hears of it with the next turn of its event loop.
    await until(() => connections(app).then((count) => count === 0), DEADLINE_MS);
    store.release({ counts: [], next: { after: 1, before: 99 } });
    store.answer = Promise.resolve(LAST);
    expect((await till.get(PATH)).status).toBe(200);
    expect(store.asked.map(({ place }) => place?.after)).not.toContain(1);
  });

  it('are not counted any further for a caller that closes its side, and it is told so', async () => {
    const answer = halfClosed(app.port, `GET ${PATH} HTTP/1.1\r\nHost: x\r\nX-API-Key: ${till.apiKey}\r\n\r\n`);
    expect(await answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*closed its side/);
    expect(store.asked).toEqual([]);
  });

  it('end with a problem where the store fails, and make room', async () => {
    store.answer = Promise.reject(new StorageError('storage-not-stored', 'busy'));
    for (let round = 0; round < 3; round += 1) expectProblem(await till.get(PATH), 'storage-unavailable');
  });
});

function connections({ app: nest }: IngestApp): Promise<number> {
  return new Promise((resolve) =>
    nest.getHttpServer().getConnections((_error: unknown, count: number) => resolve(count)),
  );
}
