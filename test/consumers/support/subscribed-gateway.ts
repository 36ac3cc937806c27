import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emulator } from '../../../src/emulator/emulator.js';
import { runCli } from '../../cli/support/run-cli.js';
import { createEnvironment } from '../../support/environment.js';
import { RunningGateway } from '../../support/running-gateway.js';
import { trust } from '../../support/trust.js';
import { until } from '../../support/until.js';
import type { SentPurchase } from './purchases.js';

/** The key that Dataverse sends to both consumers; it stands in the endpoints file. */
export const KEY = 'key-of-both-consumers';
export const POINTS_ORIGIN = 'https://points.example.com';
export const TOTALS_ORIGIN = 'https://totals.example.com';

/** As docs/endpoints.md has it: the function by its key, the totals by a header. */
const ENDPOINTS = [
  {
    name: 'Points',
    kind: 'webhook',
    url: `${POINTS_ORIGIN}/api/events`,
    authentication: { kind: 'webhook-key', key: { environment: 'CONSUMER_KEY' } },
    events: ['*'],
  },
  {
    name: 'Totals',
    kind: 'webhook',
    url: `${TOTALS_ORIGIN}/`,
    authentication: { kind: 'http-header', headers: { 'x-api-key': { environment: 'CONSUMER_KEY' } } },
    events: ['CustomerPurchase'],
  },
];

/** A gateway whose Dataverse was made ready by `dataverse apply`, with both consumers registered. */
export interface SubscribedGateway {
  readonly emulator: Emulator;
  readonly gateway: RunningGateway;
  /** Sends purchases in one request; resolves with their ids once all are delivered and every system job has ended. */
  deliver(purchases: readonly SentPurchase[]): Promise<readonly string[]>;
  /** Resolves once nothing is under way any more, neither to Dataverse nor to the consumers. */
  settled(): Promise<void>;
  /** Sends an event again although it was delivered, as an operator may. */
  replay(id: string): Promise<void>;
  /** As after its start: no calls, posts, faults and system jobs. What was delivered stays so. */
  forget(): void;
  /** System jobs that failed, by the name of their endpoint. */
  failedJobs(endpoint: 'Points' | 'Totals'): number;
  remove(): Promise<void>;
}

export async function subscribedGateway(): Promise<SubscribedGateway> {
  const environment = await createEnvironment({ customApis: [] });
  const { emulator } = environment;
  await provision(environment);
  const gateway = await RunningGateway.start(environment);
  const settled = async () => {
    await until(async () => (await unfinished(gateway)) === 0);
    await emulator.asyncService.whenIdle(30_000);
  };
  return {
    emulator,
    gateway,
    settled,
    deliver: async (purchases) => {
      const ids = await send(gateway, purchases);
      await settled();
      return ids;
    },
    replay: async (id) => {
      const { status } = await gateway.operate('POST', `/v1/events/${id}/replay`, { force: true, reason: 'A test.' });
      if (status !== 200) throw new Error(`the replay was answered with ${status}`);
      await settled();
    },
    forget: () => {
      emulator.reset();
      for (const { asyncoperationid } of [...emulator.tables.rows('asyncoperation')]) {
        emulator.tables.removeRow('asyncoperation', `${asyncoperationid}`);
      }
    },
    failedJobs: (endpoint) =>
      emulator.tables
        .rows('asyncoperation')
        .filter(({ name, statuscode }) => String(name).startsWith(`${endpoint}:`) && statuscode === 31).length,
    remove: async () => {
      await gateway.stop();
      await environment.remove();
    },
  };
}

async function provision({ emulator, folder, settings }: Awaited<ReturnType<typeof createEnvironment>>): Promise<void> {
  const distrust = trust(emulator.caCertificate);
  const file = join(folder, 'endpoints.json');
  await writeFile(file, JSON.stringify(ENDPOINTS), { mode: 0o600 });
  const { exitCode, stderr } = await runCli(['dataverse', 'apply', '--yes', '--endpoints', file], {
    environment: { ...settings, CONSUMER_KEY: KEY },
  });
  distrust();
  await rm(file);
  if (exitCode !== 0) throw new Error(`apply ended with ${exitCode}: ${stderr}`);
}

async function send(gateway: RunningGateway, purchases: readonly SentPurchase[]): Promise<readonly string[]> {
  const { body } = await gateway.publish('customer-purchase/batch', { events: purchases });
  const { results } = body as unknown as {
    readonly results: readonly { readonly receipt?: { readonly id: string } }[];
  };
  return results.map(({ receipt }) => receipt?.id ?? 'refused');
}

async function unfinished(gateway: RunningGateway): Promise<number> {
  const { body } = await gateway.get('/v1/events/summary');
  const { accepted, delivered, dead, cancelled } = body.total as Readonly<Record<string, number>>;
  return (accepted ?? 0) - (delivered ?? 0) - (dead ?? 0) - (cancelled ?? 0);
}
