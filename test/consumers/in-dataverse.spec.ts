import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsumerProcess } from './support/consumer-process.js';
import { consumerProject } from './support/consumer-project.js';
import { type FlakyFront, flakyFront } from './support/flaky-front.js';
import { expectedPoints, expectedTotals, purchases, type SentPurchase, sorted } from './support/purchases.js';
import { shown } from './support/shown.js';
import {
  KEY,
  POINTS_ORIGIN,
  type SubscribedGateway,
  subscribedGateway,
  TOTALS_ORIGIN,
} from './support/subscribed-gateway.js';

const BUILD_MS = 120_000;
const DIES = new URL('support/dies-after-commit.mjs', import.meta.url);

let project: string;
beforeAll(async () => {
  project = await consumerProject();
}, BUILD_MS);
afterAll(() => rm(project, { recursive: true }));

describe('two consumers behind Dataverse', () => {
  let subscribed: SubscribedGateway;
  let folder: string;
  let points: ConsumerProcess;
  let totals: ConsumerProcess;
  let front: FlakyFront;
  beforeAll(async () => {
    subscribed = await subscribedGateway();
  });
  afterAll(() => subscribed.remove());
  beforeEach(async () => {
    subscribed.forget();
    folder = await mkdtemp(join(tmpdir(), 'consumers-'));
    points = await startPoints();
    totals = await startTotals();
    front = await flakyFront(() => totals.url);
    subscribed.emulator.webhookRoutes.set(TOTALS_ORIGIN, front.url);
  });
  afterEach(async () => {
    await front.stop();
    await Promise.all([points.stop(), totals.stop()]);
    await rm(folder, { recursive: true });
  });

  const pointsEnvironment = () => ({ FUNCTION_KEY: KEY, POINTS_FILE: join(folder, 'points.db') });
  const totalsEnvironment = () => ({ TOTALS_KEY: KEY, TOTALS_FILE: join(folder, 'totals.db') });

  async function startPoints(preload?: URL): Promise<ConsumerProcess> {
    const started = await ConsumerProcess.start({
      project,
      script: 'azure-function/local.js',
      environment: pointsEnvironment(),
      ...(preload === undefined ? {} : { preload }),
    });
    subscribed.emulator.webhookRoutes.set(POINTS_ORIGIN, started.url);
    return started;
  }

  function startTotals(preload?: URL): Promise<ConsumerProcess> {
    return ConsumerProcess.start({
      project,
      script: 'total-per-customer/serve.js',
      environment: totalsEnvironment(),
      ...(preload === undefined ? {} : { preload }),
    });
  }

  /** Holds both against the test's own arithmetic. */
  async function expectCounted(all: readonly SentPurchase[]): Promise<void> {
    const [ofPoints, ofTotals] = await Promise.all([
      shown({ project, script: 'azure-function/show-points.js', environment: pointsEnvironment() }),
      shown({ project, script: 'total-per-customer/show-totals.js', environment: totalsEnvironment() }),
    ]);
    expect(sorted(ofTotals)).toBe(expectedTotals(all));
    expect(sorted(ofPoints)).toBe(expectedPoints(all));
  }

  it('count every purchase to the digit', async () => {
    const all = purchases(200, 'plain');
    await subscribed.deliver(all);
    await expectCounted(all);
    expect([subscribed.failedJobs('Points'), subscribed.failedJobs('Totals')]).toEqual([0, 0]);
  });

  it('count once what the gateway had to send again, for its answer was lost after the commit', async () => {
    const { emulator } = subscribed;
    emulator.resetAfterCommit({ times: 5, match: { target: 'call' } });
    const all = purchases(12, 'lost-call');
    const ids = await subscribed.deliver(all);
    expect(emulator.received().length).toBeGreaterThan(ids.length);
    expect(new Set(emulator.received().map(({ tag }) => tag))).toEqual(new Set(ids));
    await expectCounted(all);
  });

  it('count once what Dataverse posts twice', async () => {
    const { emulator } = subscribed;
    emulator.fault({ kind: 'twice', times: 10, match: { target: 'post' } });
    const all = purchases(20, 'twice');
    await subscribed.deliver(all);
    await expectCounted(all);
  });

  it('count once what was counted although its answer was lost, and Dataverse asked once more', async () => {
    front.lose(3);
    const all = purchases(10, 'lost-answer');
    await subscribed.deliver(all);
    const tries = subscribed.emulator.asyncService.posts
      .all()
      .filter(({ endpoint }) => endpoint === 'Totals')
      .reduce((sum, post) => sum + post.tries, 0);
    expect(tries).toBe(all.length + 3);
    await expectCounted(all);
  });

  it('drop what an operator sends again, before and after a restart', async () => {
    const all = purchases(6, 'replayed');
    const [first = '', second = ''] = await subscribed.deliver(all);
    await subscribed.replay(first);
    await Promise.all([points.stop(), totals.stop()]);
    points = await startPoints();
    totals = await startTotals();
    await subscribed.replay(second);
    expect(subscribed.emulator.received()).toHaveLength(all.length + 2);
    await expectCounted(all);
  });

  it('have counted once what killed them after the commit, whose system job failed, and count on', async () => {
    await Promise.all([points.stop(), totals.stop()]);
    points = await startPoints(DIES);
    totals = await startTotals(DIES);
    const [first, ...others] = purchases(5, 'killed');
    if (first === undefined) throw new Error('no purchase');
    const [id = ''] = await subscribed.deliver([first]);
    expect(await Promise.all([points.exited, totals.exited])).toEqual(['SIGKILL', 'SIGKILL']);
    expect(subscribed.failedJobs('Points')).toBe(1);
    points = await startPoints();
    totals = await startTotals();
    await expectCounted([first]);
    await subscribed.replay(id);
    await subscribed.deliver(others);
    await expectCounted([first, ...others]);
  });

  it('miss what came while a database was held, asked twice, and get it by a replay', async () => {
    const holder = new DatabaseSync(pointsEnvironment().POINTS_FILE);
    holder.exec('BEGIN IMMEDIATE');
    const all = purchases(1, 'held');
    const [id = ''] = await subscribed.deliver(all);
    holder.exec('ROLLBACK');
    holder.close();
    expect(subscribed.failedJobs('Points')).toBe(1);
    expect(subscribed.emulator.asyncService.posts.all().find(({ endpoint }) => endpoint === 'Points')).toMatchObject({
      status: 503,
      tries: 2,
    });
    await subscribed.replay(id);
    await expectCounted(all);
  });

  it('get the largest purchase whole', async () => {
    const [purchase] = purchases(1, 'large');
    if (purchase === undefined) throw new Error('no purchase');
    const line = { sku: 'S'.repeat(64), description: 'D'.repeat(190), quantity: '1', unitPrice: '1' };
    const all = [{ ...purchase, lines: Array.from({ length: 200 }, () => line) }];
    expect(JSON.stringify(all[0]).length).toBeGreaterThan(60_000);
    await subscribed.deliver(all);
    expect(subscribed.emulator.asyncService.posts.all()).toMatchObject([{ stripped: false }, { stripped: false }]);
    await expectCounted(all);
  });

  it('let other events pass by', async () => {
    const payment = {
      paymentId: 'PAY-1',
      occurredAt: '2026-11-22T10:00:00Z',
      vendorNumber: 'V-1',
      companyCode: 'DE01',
      amount: '5.00',
      currencyCode: 'EUR',
    };
    const { status } = await subscribed.gateway.publish('vendor-payment-posted', payment);
    expect(status).toBe(202);
    await subscribed.settled();
    expect(subscribed.emulator.asyncService.posts.all()).toMatchObject([{ endpoint: 'Points', status: 200 }]);
    await expectCounted([]);
  });

  it('are told nothing by whoever has another key', async () => {
    await points.stop();
    points = await ConsumerProcess.start({
      project,
      script: 'azure-function/local.js',
      environment: { ...pointsEnvironment(), FUNCTION_KEY: 'another-key' },
    });
    subscribed.emulator.webhookRoutes.set(POINTS_ORIGIN, points.url);
    await subscribed.deliver(purchases(1, 'other-key'));
    expect(subscribed.failedJobs('Points')).toBe(1);
    expect(await shown({ project, script: 'azure-function/show-points.js', environment: pointsEnvironment() })).toBe(
      '',
    );
  });
});
