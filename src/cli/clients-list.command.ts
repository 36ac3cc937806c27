import type { Command } from 'commander';
import { type EpochMs, toRfc3339 } from '../kernel/clock.js';
import type { ApiKeyRecord, ClientRecord } from '../outbox/client-store.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { withStore } from './with-store.js';
import { writeJson, writeTable } from './write-output.js';

interface ListedClient {
  readonly client: ClientRecord;
  readonly keys: readonly ApiKeyRecord[];
}

/**
 * `clients list`: who may call, with which rights, and by which keys; never the keys themselves, which are not stored.
 */
export function registerClientsList(program: Command, context: CliContext): void {
  commandGroup(program, 'clients', 'who may call')
    .command('list')
    .description('List the clients and the public parts of their keys.')
    .option('--json', 'answer in JSON')
    .action(async ({ json }: { json?: true }) => {
      const { clients, now } = await withStore(context, async (store) => ({
        clients: await store.clients.list(),
        now: store.clock.now(),
      }));
      if (json) return writeJson(context, { clients: clients.map(resourceOf) });
      writeTable(context, ['CLIENT', 'PUBLISHES', 'ROLE', 'PER SECOND', 'VALID KEYS', 'CREATED'], rowsOf(clients, now));
      if (clients.length === 0) context.stderr.write('There is no client: `clients create` makes one.\n');
    });
}

function resourceOf({ client, keys }: ListedClient) {
  return {
    clientId: client.name,
    publish: client.publish,
    roles: rolesOf(client),
    rate: client.rate,
    createdAt: toRfc3339(client.createdAt),
    keys: keys.map(({ prefix, createdAt, expiresAt }) => ({
      prefix,
      createdAt: toRfc3339(createdAt),
      expiresAt: expiresAt === null ? null : toRfc3339(expiresAt),
    })),
  };
}

function rowsOf(clients: readonly ListedClient[], now: EpochMs): readonly (readonly string[])[] {
  return clients.map(({ client, keys }) => [
    client.name,
    client.publish.join(', '),
    rolesOf(client).join(', '),
    client.rate === null ? '' : String(client.rate),
    validKeys(keys, now),
    toRfc3339(client.createdAt),
  ]);
}

function rolesOf({ publish, operator }: ClientRecord): readonly string[] {
  return [...(publish.length > 0 ? ['publisher'] : []), ...(operator ? ['operator'] : [])];
}

function validKeys(keys: readonly ApiKeyRecord[], now: EpochMs): string {
  return keys
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .map(({ prefix, expiresAt }) => (expiresAt === null ? prefix : `${prefix} (until ${toRfc3339(expiresAt)})`))
    .join(', ');
}
