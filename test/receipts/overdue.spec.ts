import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createEnvironment, type Environment } from '../support/environment.js';
import { overdueIn } from '../support/overdue-in.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';
import { until } from '../support/until.js';
import { contextOf } from './support/contexts.js';
import { RIGHT } from './support/receiver-app.js';

const SOON_MS = 20_000;

let environment: Environment;
let gateway: RunningGateway;
let lines: Readonly<Record<string, unknown>>[];

beforeEach(async () => {
  environment = await createEnvironment();
  lines = [];
});
afterEach(async () => {
  await gateway.stop();
  await environment.remove();
});

async function start(settings: Readonly<Record<string, string>>): Promise<void> {
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
  gateway = await RunningGateway.start(environment, settings, logger);
}

async function startReceiving(): Promise<void> {
  const hookAuth = join(environment.folder, 'hook-auth.json');
  await writeFile(hookAuth, JSON.stringify({ kind: 'http-header', headers: RIGHT }), { mode: 0o600 });
  await start({ HOOK_AUTH_FILE: hookAuth, RECEIPT_DEADLINE_SECONDS: '1' });
}

async function deliver(purchaseId: string): Promise<string> {
  const id = String((await gateway.publish('customer-purchase', purchaseOf(purchaseId))).body.id);
  await until(async () => (await gateway.get(`/v1/events/${id}`)).body.status === 'delivered', SOON_MS);
  return id;
}

async function overdue(): Promise<readonly string[]> {
  const headers = { Authorization: `Bearer ${gateway.apiKey}` };
  const text = await (await fetch(`${gateway.url}/metrics`, { headers })).text();
  return text.split('\n').filter((line) => line.startsWith('gateway_events_overdue{'));
}

const ONE = 'gateway_events_overdue{type="CustomerPurchase"} 1';

describe('an event that was delivered and not confirmed in time', () => {
  it('is told, counted and listed, until its receipt comes after all', async () => {
    await startReceiving();
    const id = await deliver('late');

    await until(async () => (await overdue()).includes(ONE), SOON_MS);

    const told = lines.filter(({ msg }) => msg === 'receipt.overdue');
    expect(told).toEqual([expect.objectContaining({ type: 'CustomerPurchase', count: 1 })]);
    expect((await gateway.get('/v1/events?overdue=true')).body.events).toEqual([expect.objectContaining({ id })]);

    const context = JSON.stringify(contextOf(id));
    const answer = await fetch(`${gateway.url}/hooks/dataverse`, { method: 'POST', headers: RIGHT, body: context });

    expect(answer.status).toBe(204);
    expect(await overdue()).not.toContain(ONE);
    expect((await gateway.get('/v1/events?overdue=true')).body.events).toEqual([]);
    expect(lines.find(({ msg }) => msg === 'receipt.confirmed')).toMatchObject({ eventId: id });
  });

  it('is none where nobody tells the gateway of receipts', async () => {
    await start({ RECEIPT_DEADLINE_SECONDS: '1' });
    const id = await deliver('untold');
    expect(await overdueIn(1_000_000, environment.databaseUrl)).toBe(0);
    expect((await gateway.get(`/v1/events/${id}`)).body).toMatchObject({ confirmedAt: null, overdue: false });
    expect((await gateway.get('/v1/events?overdue=true')).body.events).toEqual([]);
    expect(await overdue()).toEqual([]);
  });
});
