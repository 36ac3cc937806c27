import { join, resolve } from 'node:path';
import type { EventDefinition } from '../../contract/event-definition.js';
import { loadEventCatalog } from '../../contract/load-event-catalog.js';
import { Emulator } from '../../emulator/emulator.js';
import { DEFAULT_APPLICATION_USER } from '../../emulator/emulator-options.js';
import { BUSINESS_EVENTS_SOLUTION } from '../../emulator/tables/seeds/seed-organization.js';
import { EVENTS, Gateway } from '../../gateway.js';
import { createLogger } from '../../operations/log/logger.js';
import { runUntilStopped } from '../../run-until-stopped.js';
import type { GatewaySettings } from '../../settings/gateway-settings.js';
import { readSandboxSettings } from '../../settings/read-sandbox-settings.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { liveView } from './live-view.js';
import { obtainApiKey } from './obtain-api-key.js';
import { type Provisioned, provisionEmulator } from './provision-emulator.js';
import { readConnection, SANDBOX_FOLDER, writeConnection } from './sandbox-connection.js';
import { welcome } from './welcome.js';

/** The customization prefix of the emulated Dataverse's custom APIs. */
const PREFIX = 'contoso';

/**
 * Gateway, emulator and SQLite in one process, with their state in a folder: starting again goes on where it was.
 * Resolves with the exit code after a signal; rejects where the start is refused.
 */
export async function runSandbox(print: (text: string) => void): Promise<number> {
  const folder = resolve(SANDBOX_FOLDER);
  await refuseSecond(folder);
  const catalog = await loadEventCatalog(EVENTS, PREFIX);
  const emulator = await Emulator.start({ folder: join(folder, 'emulator'), publisherPrefix: PREFIX });
  try {
    const settings = readSandboxSettings(wiringTo(emulator, folder));
    const [definition] = catalog.definitions;
    if (definition === undefined) throw new Error('a catalog without definitions was loaded');
    // Before the gateway accepts anything: no event meets a Dataverse that does not know it.
    const provisioned = await provisionEmulator({ emulator, catalog, prefix: PREFIX });
    return await runGateway({ settings, emulator, provisioned, folder, definition, print });
  } finally {
    await emulator.stop();
  }
}

/** A folder holds one sandbox at a time. */
async function refuseSecond(folder: string): Promise<void> {
  const { url } = (await readConnection(folder)) ?? {};
  if (url === undefined || !(await isAlive(url))) return;
  throw new CommandError(
    ExitCode.Failure,
    `A sandbox is running in this folder already, at ${url}: use that one or stop it. Another needs a folder and a PORT of its own.`,
  );
}

async function isAlive(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    return false;
  }
}

function wiringTo(emulator: Emulator, folder: string) {
  return {
    DATABASE_URL: `sqlite:${join(folder, 'gateway.db')}`,
    DATAVERSE_URL: emulator.url,
    DATAVERSE_PUBLISHER_PREFIX: PREFIX,
    DATAVERSE_SOLUTION: BUSINESS_EVENTS_SOLUTION,
    AZURE_AUTHORITY_HOST: emulator.authorityHost,
    AZURE_TENANT_ID: emulator.tenantId,
    AZURE_CLIENT_ID: DEFAULT_APPLICATION_USER.clientId,
    AZURE_CLIENT_SECRET: DEFAULT_APPLICATION_USER.clientSecret,
  };
}

interface SandboxParts {
  readonly settings: GatewaySettings;
  readonly emulator: Emulator;
  readonly provisioned: Provisioned;
  readonly folder: string;
  readonly definition: EventDefinition;
  readonly print: (text: string) => void;
}

async function runGateway({
  settings,
  emulator,
  provisioned,
  folder,
  definition,
  print,
}: SandboxParts): Promise<number> {
  const { logLevel, shutdownGraceMs } = settings.operations;
  const logger = createLogger({ level: logLevel, to: liveView(print) });
  const kept = await readConnection(folder);
  const apiKey = await obtainApiKey(settings.store.databaseUrl, kept?.apiKey ?? null);
  const gateway = await Gateway.start({ settings, logger, ca: emulator.caCertificate });
  const url = gateway.url.replace('127.0.0.1', 'localhost');
  await writeConnection(folder, { url, apiKey });
  const now = new Date().toISOString();
  print(welcome({ url, apiKey, emulatorUrl: emulator.url, provisioned, definition, now }));
  return runUntilStopped(gateway, logger, shutdownGraceMs);
}
