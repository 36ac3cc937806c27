import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientRequest, ClientsService } from '../../src/access/clients.service.js';
import { customApiFor } from '../../src/contract/custom-api.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import type { Emulator } from '../../src/emulator/emulator.js';
import { DEFAULT_APPLICATION_USER, type EmulatorOptions } from '../../src/emulator/emulator-options.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { openStore } from '../../src/outbox/open-store.js';
import { startEmulator } from './patient-emulator.js';

const EVENTS = new URL('../../src/events/', import.meta.url);

/** An emulated Dataverse, a folder, and the settings of gateways that use both; gateways may come and go. */
export interface Environment {
  readonly emulator: Emulator;
  readonly folder: string;
  readonly databaseUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Makes a client beside whatever gateway runs, as the command line does. */
  createClient(name: string, how?: Partial<ClientRequest>): Promise<string>;
  remove(): Promise<void>;
}

/** Without a database of the caller's own, the store is a file in the environment's folder. */
export async function createEnvironment(options: EmulatorOptions = {}, database?: string): Promise<Environment> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  const catalog = await loadEventCatalog(EVENTS, 'contoso');
  const customApis = catalog.definitions.map((definition) => customApiFor(definition, 'contoso'));
  const emulator = await startEmulator({ customApis, ...options });
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, emulator.caCertificate);
  const databaseUrl = database ?? `sqlite:${join(folder, 'gateway.db')}`;
  return {
    emulator,
    folder,
    databaseUrl,
    settings: {
      DATABASE_URL: databaseUrl,
      DATAVERSE_URL: emulator.url,
      AZURE_AUTHORITY_HOST: emulator.authorityHost,
      AZURE_TENANT_ID: emulator.tenantId,
      AZURE_CLIENT_ID: DEFAULT_APPLICATION_USER.clientId,
      AZURE_CLIENT_SECRET: DEFAULT_APPLICATION_USER.clientSecret,
      NODE_EXTRA_CA_CERTS: ca,
    },
    createClient: (name, how = {}) =>
      withClients(
        databaseUrl,
        async (clients) => (await clients.create({ name, publish: ['*'], operator: false, ...how }, 'cli:test')).apiKey,
      ),
    remove: async () => {
      await emulator.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function withClients<T>(databaseUrl: string, work: (clients: ClientsService) => Promise<T>): Promise<T> {
  const clock = new SystemClock();
  const store = await openStore({ databaseUrl, role: 'guest', clock });
  try {
    return await work(new ClientsService(store.clients, clock));
  } finally {
    await store.close();
  }
}
