import { type Command, Option } from 'commander';
import { ClientsService, type IssuedKey } from '../access/clients.service.js';
import type { Store } from '../outbox/store.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { expiryOption } from './clients/key-options.js';
import { readRate, type WantedRate } from './clients/read-rate.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { ExitCode } from './exit-codes.js';
import { findDefinition } from './find-definition.js';
import { loadCatalog } from './load-catalog.js';
import { withStore } from './with-store.js';
import { writeJson } from './write-output.js';

interface Options {
  readonly publish?: string;
  readonly role?: 'operator';
  readonly rate?: WantedRate;
  readonly expiresInDays?: number;
  readonly json?: true;
}

/** `clients create <name> --publish <types|*> [--role operator] [--rate N]`: a client and its first key, shown this once. */
export function registerClientsCreate(program: Command, context: CliContext): void {
  commandGroup(program, 'clients', 'who may call')
    .command('create')
    .description('Make a client and its first API key, which is shown this once.')
    .argument('<name>', 'what it is called; events and keys belong to this name for ever')
    .option('--publish <types>', "event types it may publish, separated by commas; '*' for all")
    .addOption(new Option('--role <role>', 'what else it may do').choices(['operator']))
    .option('--rate <rate>', 'events and requests per second it may send; none or absent: no rate of its own', readRate)
    .addOption(expiryOption())
    .option('--json', 'answer in JSON: { clientId, apiKey }')
    .action((name: string, options: Options) => createClient(name, options, context));
}

async function createClient(name: string, options: Options, context: CliContext): Promise<void> {
  if (options.publish === undefined && options.role === undefined) {
    throw new CommandError(ExitCode.Usage, 'A client needs --publish <types>, --role operator, or both.');
  }
  const publish = options.publish === undefined ? [] : await publishedTypes(options.publish, context);
  const { role, rate = 'none', expiresInDays = null } = options;
  const own = rate === 'none' ? null : rate;
  const request = { name, publish, operator: role === 'operator', rate: own, expiresInDays };
  const create: (store: Store) => Promise<IssuedKey> = ({ clients, clock }) =>
    new ClientsService(clients, clock).create(request, actingOperator());
  const issued = await withStore(context, create, true);
  if (options.json) return writeJson(context, issued);
  context.stdout.write(`Client ${issued.clientId} may call. Its API key, shown this once:\n\n${issued.apiKey}\n`);
}

/** The types' words, each once. A shell may have replaced an unquoted * by file names: they are no event types. */
async function publishedTypes(list: string, context: CliContext): Promise<readonly string[]> {
  const names = list.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === '*') return ['*'];
  const { catalog } = await loadCatalog(context);
  return [...new Set(names.map((name) => findDefinition(catalog, name).type))];
}
