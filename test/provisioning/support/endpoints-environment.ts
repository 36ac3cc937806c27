import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emulator } from '../../../src/emulator/emulator.js';
import type { Row } from '../../../src/emulator/tables/table-definition.js';
import { type CliRun, runCli } from '../../cli/support/run-cli.js';
import { createEnvironment } from '../../support/environment.js';
import { trust } from '../../support/trust.js';

/** The secrets of `ENDPOINTS`; none of them may ever be seen. */
export const SECRETS = ['key-of-the-warehouse&<"\'', 'key-of-the-lake==', 'key-of-the-queue==', 'key-of-the-shop'];

/** An endpoint of each kind, with the secrets from everywhere they may come from. */
export const ENDPOINTS = [
  {
    name: 'Warehouse',
    kind: 'webhook',
    url: 'https://warehouse.example.com/events',
    authentication: { kind: 'http-header', headers: { 'x-api-key': SECRETS[0] } },
    events: ['*'],
  },
  {
    name: 'Lake',
    kind: 'event-hub',
    namespaceAddress: 'sb://contoso.servicebus.windows.net/',
    path: 'events',
    sasKeyName: 'send',
    sasKey: { file: 'lake.key' },
    events: ['CustomerPurchase'],
  },
  {
    name: 'Queue',
    kind: 'service-bus-queue',
    namespaceAddress: 'sb://contoso.servicebus.windows.net/',
    path: 'purchases',
    sasKeyName: 'send',
    sasKey: { environment: 'QUEUE_KEY' },
    format: 'xml',
    userClaim: 'user-id',
    events: ['CustomerPurchase'],
  },
  {
    name: 'Shop',
    kind: 'webhook',
    url: 'https://shop.example.com/events',
    authentication: { kind: 'query-string', parameters: { sig: SECRETS[3] } },
    events: ['CustomerPurchase'],
  },
];

/** An empty emulated Dataverse, and command lines against it. */
export interface EndpointsEnvironment {
  readonly emulator: Emulator;
  /** `dataverse <args>`. */
  dataverse(...args: readonly string[]): Promise<CliRun>;
  /** The same with other settings. */
  dataverseWith(settings: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<CliRun>;
  /** `dataverse <args> --endpoints <a file of these>`. */
  withEndpoints(endpoints: readonly unknown[], ...args: readonly string[]): Promise<CliRun>;
  /** Rows whose columns are these. */
  rows(table: string, where?: Row): readonly Row[];
  /** Requests that were to change something, since the last look. */
  writes(): readonly string[];
  remove(): Promise<void>;
}

export async function createEndpointsEnvironment(
  more: Readonly<Record<string, string>> = {},
): Promise<EndpointsEnvironment> {
  const { emulator, folder, settings, remove } = await createEnvironment({ customApis: [] });
  const distrust = trust(emulator.caCertificate);
  await writeFile(join(folder, 'lake.key'), `${SECRETS[1]}\n`);
  const environment = { ...settings, QUEUE_KEY: SECRETS[2] ?? '', ...more };
  const dataverseWith = (changed: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    runCli(['dataverse', ...args], { environment: { ...environment, ...changed } });
  const dataverse = (...args: readonly string[]) => dataverseWith({}, ...args);
  let seen = 0;
  return {
    emulator,
    dataverse,
    dataverseWith,
    withEndpoints: async (endpoints, ...args) => {
      const file = join(folder, 'endpoints.json');
      await writeFile(file, JSON.stringify(endpoints), { mode: 0o600 });
      return dataverse(...args, '--endpoints', file);
    },
    rows: (table, where = {}) =>
      emulator.tables
        .rows(table)
        .filter((row) => Object.entries(where).every(([column, value]) => row[column] === value)),
    writes: () => {
      const requests = emulator.requests().filter(({ sequence }) => sequence > seen);
      seen = requests.at(-1)?.sequence ?? seen;
      return requests
        .filter(({ method, url }) => method !== 'GET' && url.startsWith('/api/'))
        .map(({ method, url }) => `${method} ${url}`);
    },
    remove: async () => {
      distrust();
      await remove();
    },
  };
}
