import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../../src/emulator/faults/fault.js';
import { PURCHASE, PURCHASE_BODY } from './support/purchase-api.js';
import { receiver } from './support/receiver.js';
import { jobsOf, registerWebhook, withWebhook } from './support/webhooks.js';

const NAME = PURCHASE.uniqueName;
const match = { target: 'post' } as const;

describe('a fault of posts', () => {
  it('posts the same job twice', async () => {
    const { emulator, client, shop } = await withWebhook();
    emulator.fault({ kind: 'twice', match: { ...match, customApi: NAME } });
    await client.call(NAME, PURCHASE_BODY);
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    const operations = shop.seen.map(({ body }) => JSON.parse(body).OperationId);
    expect([operations.length, new Set(operations).size, jobsOf(emulator).length]).toEqual([3, 2, 2]);
  });

  it('loses a post of which the job knows nothing', async () => {
    const { emulator, client, shop } = await withWebhook();
    emulator.fault({ kind: 'drop', match: { ...match, bodyContains: '0199d1a2-0000-7000-8000-000000000001' } });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toEqual([]);
    expect(jobsOf(emulator)).toMatchObject([{ statuscode: 30 }]);
    expect(emulator.asyncService.posts.all()).toMatchObject([{ outcome: 'done', tries: 0, status: null }]);
  });

  it('holds a post until it is released', async () => {
    const { emulator, client, shop } = await withWebhook();
    emulator.fault({ kind: 'hang', match });
    await client.call(NAME, PURCHASE_BODY);
    await expect(emulator.asyncService.whenIdle(30)).rejects.toThrow('1 system jobs are unfinished');
    expect(shop.seen).toEqual([]);
    emulator.releaseHanging();
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(1);
  });

  it('delays a post', async () => {
    const { emulator, client, shop } = await withWebhook();
    emulator.fault({ kind: 'delay', delayMs: 60, match });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(1);
    expect(emulator.asyncService.posts.all()[0]?.durationMs).toBeGreaterThanOrEqual(59);
  });

  it('meets no request, and a fault of requests no post', async () => {
    const { emulator, client, shop } = await withWebhook();
    emulator.fault({ kind: 'drop', match: { ...match, customApi: 'contoso_Other' } });
    emulator.asyncService.hold();
    await client.call(NAME, PURCHASE_BODY);
    emulator.fault({ kind: 'hang' });
    emulator.asyncService.release();
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(1);
  });

  it.each<readonly [Fault, RegExp]>([
    [{ kind: 'status', status: 500, match }, /one of delay, hang, drop, twice, not status/],
    [{ kind: 'twice' }, /its match needs the target post/],
    [{ kind: 'drop', match: { target: 'call' } }, /its match needs the target post/],
  ])('ordered as %j is refused', async (fault, why) => {
    const { emulator, client } = await withWebhook();
    expect(() => emulator.fault(fault)).toThrow(why);
    const refusal = await client.control('POST', '/faults', fault);
    expect([refusal.status, refusal.json().message]).toEqual([400, expect.stringMatching(why)]);
  });
});

describe('the asynchronous service', () => {
  it('begins a job no sooner than its delay says', async () => {
    const { emulator, client, shop } = await withWebhook(undefined, { options: { asyncDelayMs: 60_000 } });
    await client.call(NAME, PURCHASE_BODY);
    emulator.settings.asyncDelayMs = 20;
    await client.call(NAME, PURCHASE_BODY);
    await expect(emulator.asyncService.whenIdle(100)).rejects.toThrow('1 system jobs are unfinished');
    expect(shop.seen).toHaveLength(1);
    expect(jobsOf(emulator).map(({ statuscode }) => statuscode)).toEqual([0, 30]);
  });

  it('has so many jobs under way and no more', async () => {
    const { emulator, client, shop } = await withWebhook(() => null);
    emulator.settings.asyncConcurrency = 2;
    for (let call = 0; call < 5; call += 1) await client.call(NAME, PURCHASE_BODY);
    await expect(emulator.asyncService.whenIdle(100)).rejects.toThrow('5 system jobs');
    expect([shop.seen.length, emulator.asyncService.state.underWay]).toEqual([2, 2]);
  });

  it('goes on from one receiver that hangs to others that do not', async () => {
    const { emulator, client } = await withWebhook(() => null);
    const other = await receiver();
    emulator.webhookRoutes.set('http://other.example', other.origin);
    registerWebhook(emulator, { endpoint: { url: 'http://other.example/' } });
    for (let call = 0; call < 5; call += 1) await client.call(NAME, PURCHASE_BODY);
    await expect(emulator.asyncService.whenIdle(100)).rejects.toThrow('5 system jobs');
    expect(other.seen).toHaveLength(5);
  });

  it('keeps the newest thousand of completed jobs, and of posts', async () => {
    const { emulator, client } = await withWebhook();
    emulator.fault({ kind: 'drop', match, times: null });
    emulator.changeLimits({ requests: null, concurrency: null });
    for (let calls = 0; calls < 1010; calls += 101) {
      await Promise.all(Array.from({ length: 101 }, () => client.call(NAME, PURCHASE_BODY)));
    }
    await emulator.asyncService.whenIdle();
    const { posts } = emulator.asyncService;
    expect([jobsOf(emulator).length, posts.all().length, posts.total]).toEqual([1000, 1000, 1010]);
    expect(posts.all()[0]?.sequence).toBe(11);
  });

  it('forgets posts and lets go what it held at a reset, and keeps jobs', async () => {
    const { emulator, client, shop } = await withWebhook();
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    emulator.asyncService.hold();
    await client.call(NAME, PURCHASE_BODY);
    emulator.reset();
    await emulator.asyncService.whenIdle();
    expect([shop.seen.length, emulator.asyncService.posts.total, jobsOf(emulator).length]).toEqual([2, 1, 2]);
  });
});

describe('the control endpoint', () => {
  it('holds the asynchronous service, tells how it stands, and lets it go', async () => {
    const { client, shop } = await withWebhook();
    expect((await client.control('POST', '/async-service/hold')).json()).toMatchObject({ isHeld: true });
    await client.call(NAME, PURCHASE_BODY);
    const waiting = { unfinished: 1, underWay: 0, isHeld: true, posts: 0 };
    expect((await client.control('GET', '/async-service')).json()).toEqual(waiting);
    expect((await client.control('GET', '/async-service/idle?deadlineMs=20')).json()).toEqual(waiting);
    expect((await client.control('POST', '/async-service/release')).json()).toMatchObject({ isHeld: false });
    const idle = { unfinished: 0, underWay: 0, isHeld: false, posts: 1 };
    expect((await client.control('GET', '/async-service/idle')).json()).toEqual(idle);
    expect((await client.control('GET', '')).json()).toMatchObject({ asyncService: idle });
    expect(shop.seen).toHaveLength(1);
  });

  it('shows posts in pages, without secrets, and forgets them', async () => {
    const { client, shop, stepId } = await withWebhook();
    await client.call(NAME, PURCHASE_BODY);
    await client.call(NAME, PURCHASE_BODY);
    await client.control('GET', '/async-service/idle');
    const page = await client.control('GET', '/posts?after=1&limit=1');
    expect(page.json()).toMatchObject({
      total: 2,
      next: 2,
      items: [{ sequence: 2, stepId, customApi: NAME, endpoint: 'Shop', outcome: 'done', context: shop.seen[1]?.body }],
    });
    expect(page.body).not.toContain('hunter2');
    expect((await client.control('DELETE', '/posts')).status).toBe(204);
    expect((await client.control('GET', '/posts')).json()).toEqual({ total: 0, items: [], next: null });
  });

  it('shows and replaces the routes, and refuses wrong ones', async () => {
    const { emulator, client } = await withWebhook();
    const routes = { 'https://till.example': 'http://127.0.0.1:3000' };
    expect((await client.control('PUT', '/webhook-routes', routes)).json()).toEqual(routes);
    const wrong = await client.control('PUT', '/webhook-routes', { 'https://till.example': 'amqp://127.0.0.1' });
    expect([wrong.status, wrong.json().message]).toEqual([400, expect.stringMatching(/not to amqp:/)]);
    expect((await client.control('GET', '/webhook-routes')).json()).toEqual(routes);
    expect([...emulator.webhookRoutes]).toEqual(Object.entries(routes));
  });

  it('changes the settings of the service', async () => {
    const { emulator, client } = await withWebhook();
    const settings = { asyncDelayMs: 5, asyncConcurrency: 2, webhookTimeoutMs: 10, postponeMs: 1, postponeTries: 3 };
    expect((await client.control('PUT', '/settings', settings)).json()).toMatchObject(settings);
    expect(emulator.settings).toMatchObject(settings);
    for (const wrong of [
      { asyncConcurrency: 0 },
      { webhookTimeoutMs: 0 },
      { asyncDelayMs: 2 ** 31 },
      { postponeMs: -1 },
    ]) {
      expect((await client.control('PUT', '/settings', wrong)).status).toBe(400);
    }
  });
});
