import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebhookPost } from '../../src/emulator/async-service/webhook/webhook-post.js';
import { DEFAULT_UNCONFIRMED_POINTS } from '../../src/emulator/unconfirmed-points.js';
import { until } from '../support/until.js';
import { PURCHASE, PURCHASE_BODY } from './support/purchase-api.js';
import { REGISTERED_ORIGIN, withWebhook } from './support/webhooks.js';

const NAME = PURCHASE.uniqueName;
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A receiver that does this at the nth request of a connection. */
async function listening(
  at: (nthOfSocket: number, socket: Socket) => 'answered' | 'cut' | { readonly afterMs: number },
): Promise<{ readonly origin: string; readonly counts: Map<Socket, number> }> {
  const counts = new Map<Socket, number>();
  const server = createServer(({ socket }, response) => {
    counts.set(socket, (counts.get(socket) ?? 0) + 1);
    const what = at(counts.get(socket) ?? 0, socket);
    if (what === 'cut') socket.resetAndDestroy();
    else if (what === 'answered') response.end();
    else setTimeout(() => response.end(), what.afterMs);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, counts };
}

describe('a connection to a receiver', () => {
  it('that was kept, and closed by the receiver just then, costs no event: it is sent on a new one', async () => {
    const { emulator, client } = await withWebhook();
    const { origin, counts } = await listening((nth) => (nth === 1 ? 'answered' : 'cut'));
    emulator.webhookRoutes.set(REGISTERED_ORIGIN, origin);
    for (let call = 0; call < 3; call += 1) {
      await client.call(NAME, PURCHASE_BODY);
      await emulator.asyncService.whenIdle();
    }
    const told = { outcome: 'done', status: 200, tries: 1 };
    expect(emulator.asyncService.posts.all()).toMatchObject([told, told, told]);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3);
  });

  it('that is new and cut is not followed by another: the job has failed', async () => {
    const { emulator, client } = await withWebhook();
    const { origin, counts } = await listening(() => 'cut');
    emulator.webhookRoutes.set(REGISTERED_ORIGIN, origin);
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(emulator.asyncService.posts.all()).toMatchObject([{ outcome: 'failed', errorCode: '0x80050205', tries: 1 }]);
    expect(counts.size).toBe(1);
  });

  it('is not given up while its receiver takes longer than idle ones are kept', async () => {
    const { emulator } = await withWebhook();
    const { origin, counts } = await listening(() => ({ afterMs: 200 }));
    const posts = new WebhookPost({
      routes: new Map([[REGISTERED_ORIGIN, origin]]),
      settings: emulator.settings,
      points: DEFAULT_UNCONFIRMED_POINTS,
      authorities: [],
      idleSocketMs: 20,
    });
    const facts = { organization: 'x', jobId: '', requestName: NAME, correlationId: '', userId: '' };
    const order = {
      endpoint: emulator.tables.rows('serviceendpoint')[0] ?? {},
      context: '{}',
      facts: { ...facts, initiatingUserId: '', postponed: 0 },
      signal: new AbortController().signal,
    };
    expect(await posts.post(order)).toMatchObject({ kind: 'done', tries: 1 });
    await until(() => [...counts.keys()].every(({ destroyed }) => destroyed));
    await posts.close();
  });
});

describe('an emulator that stops', () => {
  it('sends nothing more: not the second of two posts that a fault ordered', async () => {
    const { emulator, client, shop } = await withWebhook(() => null);
    emulator.fault({ kind: 'twice', match: { target: 'post' } });
    await client.call(NAME, PURCHASE_BODY);
    await until(() => shop.seen.length === 1);
    await emulator.stop();
    expect(emulator.asyncService.state.underWay).toBe(0);
    expect(shop.seen).toHaveLength(1);
  });
});

describe('a webhook', () => {
  it('has 60 s to answer', async () => {
    const { emulator } = await withWebhook();
    expect(emulator.settings.webhookTimeoutMs).toBe(60_000);
  });
});
