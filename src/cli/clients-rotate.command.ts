import { type Command, InvalidArgumentError } from 'commander';
import { ClientsService } from '../access/clients.service.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { expiryOption } from './clients/key-options.js';
import { commandGroup } from './command-group.js';
import { withStore } from './with-store.js';
import { writeJson } from './write-output.js';

/** A day to change over; 0, or `clients revoke`, ends a key at once. */
const DEFAULT_KEEP_HOURS = 24;
const MAX_KEEP_HOURS = 8760;

interface Options {
  readonly keepHours: number;
  readonly expiresInDays?: number;
  readonly json?: true;
}

/** `clients rotate <name> [--keep-hours N]`: a new key, shown this once; the one before it goes on for a while. */
export function registerClientsRotate(program: Command, context: CliContext): void {
  commandGroup(program, 'clients', 'who may call')
    .command('rotate')
    .description('Give a client a new API key, which is shown this once.')
    .argument('<name>', 'the client')
    .option('--keep-hours <hours>', 'how long its key before goes on; 0 ends it now', parseHours, DEFAULT_KEEP_HOURS)
    .addOption(expiryOption())
    .option('--json', 'answer in JSON: { clientId, apiKey }')
    .action((name: string, options: Options) => rotate(name, options, context));
}

async function rotate(name: string, options: Options, context: CliContext): Promise<void> {
  const { keepHours, expiresInDays = null, json } = options;
  const { issued, hadKeys } = await withStore(context, async (store) => {
    const clients = new ClientsService(store.clients, store.clock);
    const keys = (await clients.list()).find(({ client }) => client.name === name)?.keys ?? [];
    const hadKeys = keys.filter(({ expiresAt }) => expiresAt === null || expiresAt > store.clock.now()).length;
    return { hadKeys, issued: await clients.rotate({ name, keepHours, expiresInDays }, actingOperator()) };
  });
  if (json) return writeJson(context, issued);
  const others = hadKeys > 0 ? othersEnd(keepHours, hadKeys) : 'it had none that worked, and may call again';
  context.stdout.write(
    `Client ${issued.clientId} has a new API key, shown this once; ${others}:\n\n${issued.apiKey}\n`,
  );
}

/** Two keys work at a time: when a newer one is made, all but the newest of the others end. */
function othersEnd(keepHours: number, count: number): string {
  if (keepHours === 0) return 'its other keys have ended';
  const before = `its key before ends in ${keepHours} h`;
  return count === 1 ? before : `${before}, and older ones have ended`;
}

function parseHours(text: string): number {
  const hours = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && hours <= MAX_KEEP_HOURS) return hours;
  throw new InvalidArgumentError(`It is a number of hours from 0 to ${MAX_KEEP_HOURS}.`);
}
