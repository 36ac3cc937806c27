import { once } from 'node:events';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { DataverseRefusedError } from '../dataverse/tables/dataverse-refused.error.js';
import { readWebhookRoute } from '../emulator/async-service/read-webhook-route.js';
import { Emulator } from '../emulator/emulator.js';
import { DEFAULT_APPLICATION_USER, type EmulatorOptions } from '../emulator/emulator-options.js';
import { environmentOf } from '../emulator/environment-of.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { ExitCode } from './exit-codes.js';
import { loadCatalog } from './load-catalog.js';
import { declinedInWords } from './sandbox/declined-in-words.js';
import type { EmulatorToProvision } from './sandbox/provision-emulator.js';
import { writeJson } from './write-output.js';

interface Options {
  readonly port: number;
  readonly host: string;
  readonly folder: string;
  readonly provisioned?: true;
  readonly webhookRoute?: ReadonlyMap<string, string>;
  readonly json?: true;
}

/** `emulate`: a local Entra and Dataverse, until it is interrupted, and the settings that point a gateway at it. */
export function registerEmulate(program: Command, context: CliContext): void {
  program
    .command('emulate')
    .description('Run a local Entra and Dataverse, and print the settings that point a gateway at it.')
    .option('--port <port>', 'the port to listen on; 0 takes any free one', parsePort, 0)
    .option('--host <host>', 'the address to listen on', 'localhost')
    .option('--folder <folder>', 'where its certificates, its tables and what it received are kept', 'data/emulator')
    .option(
      '--provisioned',
      'make its custom APIs and catalogs as the event types need them, as `dataverse apply` does',
    )
    .option(
      '--webhook-route <from>=<to>',
      "where an endpoint's address leads on this machine, such as http://gateway.localhost=http://127.0.0.1:3000; may be repeated",
      addRoute,
    )
    .option('--json', 'print the settings as JSON')
    .action((options: Options) => emulate(options, context));
}

async function emulate(options: Options, context: CliContext): Promise<void> {
  const { provisioned, json } = options;
  const { catalog, prefix } = await loadCatalog(context);
  const interruption = context.interruption();
  const emulator = await Emulator.start(optionsOf(options, prefix));
  try {
    const declined = provisioned ? await provision({ emulator, catalog, prefix }) : [];
    const settings = { ...environmentOf(emulator, DEFAULT_APPLICATION_USER), DATAVERSE_PUBLISHER_PREFIX: prefix };
    const left = declined.length === 0 ? PROVISIONED : declined;
    if (json) {
      for (const line of declined) context.stderr.write(`${line}\n`);
      writeJson(context, settings);
    } else {
      const remarks = [...(provisioned ? left : NOT_PROVISIONED), ...receiptRemarks(emulator.webhookRoutes)];
      context.stdout.write(pasteable(emulator.url, settings, remarks));
    }
    if (!interruption.aborted) await once(interruption, 'abort');
  } finally {
    await emulator.stop();
  }
}

function optionsOf({ port, host, folder, webhookRoute }: Options, prefix: string): EmulatorOptions {
  const routes = webhookRoute === undefined ? {} : { webhookRoutes: webhookRoute };
  return { port, host, publisherPrefix: prefix, folder: resolve(folder), ...routes };
}

const PROVISIONED = ['Its custom APIs are as the event types need them.'];
const NOT_PROVISIONED = [
  'Its custom APIs are made by `dataverse apply --yes` with these settings, or by `emulate --provisioned`.',
];

/** How a gateway that is started separately gets its receipts: Dataverse calls only the ports 80 and 443. */
function receiptRemarks(routes: ReadonlyMap<string, string>): readonly string[] {
  const origin = [...routes.keys()].find((from) => from.startsWith('http'));
  const route = `start this with --webhook-route ${EXAMPLE_ORIGIN}=<where the gateway listens>.`;
  return [
    ...(origin === undefined ? [`Receipts (docs/receipts.md) get to a gateway by a route: ${route}`] : []),
    `With HOOK_AUTH_FILE set, \`dataverse apply --yes --receiver ${origin ?? EXAMPLE_ORIGIN}\` registers a gateway's receiver.`,
  ];
}

const EXAMPLE_ORIGIN = 'http://gateway.localhost';

/** Resolves with what was left as it is, in lines. */
async function provision(what: EmulatorToProvision): Promise<readonly string[]> {
  const { prevented: told, declined } = await whatPreventsIt(what);
  if (told.length === 0) return declined;
  const advice = 'Undo by hand what was made of its tables, or start in another folder.';
  throw new CommandError(
    ExitCode.Failure,
    `The emulated Dataverse cannot be provisioned.\n${told.join('\n')}\n${advice}`,
  );
}

async function whatPreventsIt(what: EmulatorToProvision): Promise<Told> {
  const { provisionEmulator } = await import('./sandbox/provision-emulator.js');
  try {
    const { obstacles, declined } = await provisionEmulator(what);
    return {
      prevented: obstacles.map(({ name, what: obstacle, why, advice }) => `${name}: ${obstacle}: ${why}. ${advice}`),
      declined: declined.flatMap((recreation) =>
        declinedInWords(recreation, { program: 'business-events-gateway', receiver: null }),
      ),
    };
  } catch (error) {
    if (error instanceof DataverseRefusedError) return { prevented: [error.message], declined: [] };
    throw error;
  }
}

/** What prevents a start, and what it leaves to a person, in lines. */
interface Told {
  readonly prevented: readonly string[];
  readonly declined: readonly string[];
}

/** Lines for bash: comments and `export` lines, quoted, so that paths with spaces work. */
function pasteable(url: string, settings: Readonly<Record<string, string>>, remarks: readonly string[]): string {
  const lines = Object.entries(settings).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`);
  return `# Entra and Dataverse are emulated at ${url}; a gateway finds them with\n${lines.join('\n')}\n${remarks.map((line) => `# ${line}\n`).join('')}# Ctrl-C ends it.\n`;
}

/** Adds a route; the last one for an address counts. */
function addRoute(text: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const [from = '', ...to] = text.split('=');
  const route = readWebhookRoute(from, to.join('='));
  if (typeof route === 'string') throw new InvalidArgumentError(`It is <from>=<to>: ${route}.`);
  return new Map([...before, route]);
}

function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('It is a number from 0 to 65535.');
}
