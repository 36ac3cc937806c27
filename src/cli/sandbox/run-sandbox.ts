import { join, resolve } from 'node:path';
import type { EventDefinition } from '../../contract/event-definition.js';
import { loadEventCatalog } from '../../contract/load-event-catalog.js';
import { type OwnReceiver, receiverAddress } from '../../dataverse/provisioning/endpoints/own-receiver.js';
import { Emulator } from '../../emulator/emulator.js';
import { DEFAULT_APPLICATION_USER } from '../../emulator/emulator-options.js';
import { environmentOf } from '../../emulator/environment-of.js';
import { EVENTS, Gateway } from '../../gateway.js';
import { createLogger } from '../../operations/log/logger.js';
import { runUntilStopped } from '../../run-until-stopped.js';
import type { GatewaySettings } from '../../settings/gateway-settings.js';
import { readSandboxSettings } from '../../settings/read-sandbox-settings.js';
import { CommandError } from '../command.error.js';
import { webhookAuthentication } from '../endpoints/webhook-authentication.js';
import { ExitCode } from '../exit-codes.js';
import { explainHookAuth } from './explain-hook-auth.js';
import { ensureHookSecret } from './hook-secret.js';
import { liveView } from './live-view.js';
import { obtainApiKey } from './obtain-api-key.js';
import { type Provisioned, provisionEmulator } from './provision-emulator.js';
import { readConnection, SANDBOX_FOLDER, writeConnection } from './sandbox-connection.js';
import { welcome } from './welcome.js';

/** The customization prefix of the emulated Dataverse's custom APIs. */
const PREFIX = 'contoso';

/** The gateway's address as the emulated Dataverse calls it; Dataverse calls webhooks on the ports 80 and 443 alone. */
const RECEIVER_ORIGIN = 'http://gateway.localhost';
/** A sandbox that has ended refuses at once; one that runs may be busy. */
const ALIVE_WITHIN_MS = 10_000;

/**
 * Gateway, emulator and SQLite in one process, with their state in a folder: starting again goes on where it was.
 * Resolves with the exit code after a signal; rejects where the start is refused.
 */
export async function runSandbox(print: (text: string) => void): Promise<number> {
  const folder = resolve(SANDBOX_FOLDER);
  await refuseSecond(folder);
  const catalog = await loadEventCatalog(EVENTS, PREFIX);
  const emulator = await Emulator.start({ folder: join(folder, 'emulator'), publisherPrefix: PREFIX });
  // Posts of jobs that the last sandbox left would fail: no gateway listens yet.
  emulator.asyncService.hold();
  try {
    const wiring = wiringTo(emulator, folder);
    const isSecretNew = await ensureHookSecret(wiring.HOOK_AUTH_FILE);
    const settings = settingsOf(wiring);
    const [definition] = catalog.definitions;
    if (definition === undefined) throw new Error('a catalog without definitions was loaded');
    // Before the gateway accepts anything: no event may meet a Dataverse that does not know it.
    const receiver = { ...receiverOf(settings), isSecretNew };
    const provisioned = await provisionEmulator({ emulator, catalog, prefix: PREFIX, receiver });
    return await runGateway({ settings, wiring, emulator, provisioned, folder, definition, print });
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
    return (await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(ALIVE_WITHIN_MS) })).ok;
  } catch {
    return false;
  }
}

/** The settings of the gateway, and of commands that use the same Dataverse and store. */
function wiringTo(emulator: Emulator, folder: string) {
  return {
    ...environmentOf(emulator, DEFAULT_APPLICATION_USER),
    DATABASE_URL: `sqlite:${join(folder, 'gateway.db')}`,
    DATAVERSE_PUBLISHER_PREFIX: PREFIX,
    HOOK_AUTH_FILE: join(folder, 'hook-auth.json'),
  };
}

function settingsOf(wiring: ReturnType<typeof wiringTo>): GatewaySettings {
  try {
    return readSandboxSettings(wiring);
  } catch (error) {
    throw explainHookAuth(error, wiring.HOOK_AUTH_FILE);
  }
}

function receiverOf({ receipts }: GatewaySettings): OwnReceiver {
  const url = receiverAddress(RECEIVER_ORIGIN);
  const way = receipts.hookAuth?.[0];
  if (url === null || way === undefined) throw new Error('the sandbox has a receiver without an address or a secret');
  return { url, gateway: null, authentication: webhookAuthentication(way) };
}

interface SandboxParts {
  readonly settings: GatewaySettings;
  readonly wiring: Readonly<Record<string, string>>;
  readonly emulator: Emulator;
  readonly provisioned: Provisioned;
  readonly folder: string;
  readonly definition: EventDefinition;
  readonly print: (text: string) => void;
}

async function runGateway({
  settings,
  wiring,
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
  emulator.webhookRoutes.set(RECEIVER_ORIGIN, gateway.url);
  emulator.asyncService.release();
  const url = gateway.url.replace('127.0.0.1', 'localhost');
  await writeConnection(folder, { url, apiKey });
  const now = new Date().toISOString();
  const parts = { url, apiKey, emulatorUrl: emulator.url, provisioned, settings: wiring, definition, now };
  print(welcome({ ...parts, receiver: RECEIVER_ORIGIN }));
  return runUntilStopped(stoppedFirst(emulator, gateway), logger, shutdownGraceMs);
}

/** Receipts of the last calls wait for the next start; now they would fail at a gateway that is gone. */
function stoppedFirst({ asyncService }: Emulator, gateway: Gateway): Pick<Gateway, 'failed' | 'stop'> {
  const stop = (graceMs: number) => {
    asyncService.hold();
    return gateway.stop(graceMs);
  };
  return { failed: gateway.failed, stop };
}
