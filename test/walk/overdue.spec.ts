import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createEnvironment } from '../support/environment.js';
import { overdueIn } from '../support/overdue-in.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';
import { until } from '../support/until.js';
import { startReceiving } from './support/receiving-gateway.js';

const NOWHERE = 'http://127.0.0.1:9';
const SOON_MS = 10_000;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function publish(gateway: RunningGateway, key: string): Promise<string> {
  const { status, body } = await gateway.publish('customer-purchase', purchaseOf(key));
  expect(status).toBe(202);
  const { body: event } = await gateway.get(`/v1/events/${body.id}`, { Prefer: 'wait=10' });
  expect(event).toMatchObject({ status: 'delivered' });
  return `${body.id}`;
}

async function listOverdue(gateway: RunningGateway): Promise<readonly unknown[]> {
  const { body } = await gateway.get('/v1/events?overdue=true');
  return (body.events as { id: string }[]).map(({ id }) => id);
}

/** Accepted, delivered and confirmed, of all there is. */
async function figures(gateway: RunningGateway): Promise<readonly unknown[]> {
  const { total } = (await gateway.get('/v1/events/summary')).body as { total: Record<string, number> };
  return [total.accepted, total.delivered, total.confirmed];
}

describe('an event whose receipt does not come in time', () => {
  it('is listed, replayed by force, confirmed by the receipt of the replay, and listed no more', async () => {
    const receiving = await startReceiving({ settings: { RECEIPT_DEADLINE_SECONDS: '1' } });
    ends.push(() => receiving.stop());
    const { gateway } = receiving;
    const told = await publish(gateway, 'told');
    await until(async () => (await receiving.event(told)).confirmedAt !== null, SOON_MS);

    receiving.routeTo(NOWHERE);
    const lost = await publish(gateway, 'lost');
    await until(async () => (await listOverdue(gateway)).length > 0, SOON_MS);
    expect(await listOverdue(gateway)).toEqual([lost]);
    expect(await receiving.event(lost)).toMatchObject({ status: 'delivered', confirmedAt: null });
    expect(await figures(gateway)).toEqual([2, 2, 1]);

    receiving.routeTo(gateway.url);
    const filter = { overdue: true };
    const refused = await gateway.operate('POST', '/v1/replays', { filter });
    expect(refused).toMatchObject({ status: 400, body: { type: '/problems/invalid-request' } });
    const replayed = await gateway.operate('POST', '/v1/replays', { filter, force: true, reason: 'the line was cut' });
    expect(replayed.body).toEqual({ count: 1, dryRun: false });

    await until(async () => (await receiving.event(lost)).confirmedAt !== null, SOON_MS);
    expect(await listOverdue(gateway)).toEqual([]);
    expect(await receiving.event(lost)).toMatchObject({ status: 'delivered' });
    expect((await receiving.receiptsOf(lost)).map(({ result }) => result)).toEqual(['confirmed']);
    expect(await figures(gateway)).toEqual([2, 2, 2]);
    const tags = receiving.emulator.received().map(({ tag }) => tag);
    expect(tags.filter((tag) => tag === lost)).toHaveLength(2);
    expect(tags.filter((tag) => tag === told)).toHaveLength(1);
  });
});

describe('when an event is overdue', () => {
  async function start(settings: Readonly<Record<string, string>>, isTold: boolean) {
    const environment = await createEnvironment();
    ends.push(() => environment.remove());
    const hooks = join(environment.folder, 'hook-auth.json');
    await writeFile(hooks, JSON.stringify({ kind: 'webhook-key', key: 'of-a-test' }), { mode: 0o600 });
    const gateway = await RunningGateway.start(environment, {
      ...settings,
      ...(isTold ? { HOOK_AUTH_FILE: hooks } : {}),
    });
    ends.push(() => gateway.stop());
    return { databaseUrl: environment.databaseUrl, gateway };
  }

  it.each([
    ['fifteen minutes after its delivery', {}, 900],
    ['as long after it as a setting says', { RECEIPT_DEADLINE_SECONDS: '86400' }, 86_400],
  ])('is %s', async (_when, settings, deadline) => {
    const { databaseUrl, gateway } = await start(settings, true);
    await publish(gateway, 'awaited');
    expect(await overdueIn(deadline - 60, databaseUrl)).toBe(0);
    expect(await overdueIn(deadline + 60, databaseUrl)).toBe(1);
  });

  it('is never where no receipts come', async () => {
    const { databaseUrl, gateway } = await start({ RECEIPT_DEADLINE_SECONDS: '1' }, false);
    await publish(gateway, 'nobody tells of it');
    expect(await overdueIn(1_000_000, databaseUrl)).toBe(0);
    expect(await listOverdue(gateway)).toEqual([]);
  });
});
