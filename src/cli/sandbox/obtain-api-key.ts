import { matchesHash, prefixOf } from '../../access/api-key.js';
import { ClientsService } from '../../access/clients.service.js';
import { SystemClock } from '../../kernel/clock.js';
import { openStore } from '../../outbox/open-store.js';
import type { Store } from '../../outbox/store.js';
import { actingOperator } from '../acting-operator.js';

const CLIENT = 'sandbox';

/** An API key that works: the saved one, or a new one where the database does not know that. */
export async function obtainApiKey(databaseUrl: string, kept: string | null): Promise<string> {
  const clock = new SystemClock();
  const store = await openStore({ databaseUrl, role: 'guest', clock });
  try {
    if (kept !== null && (await isKnown(store, kept))) return kept;
    const clients = new ClientsService(store.clients, clock);
    const isThere = (await clients.list()).some(({ client }) => client.name === CLIENT);
    const issued = isThere
      ? await clients.rotate({ name: CLIENT, keepHours: 0 }, actingOperator())
      : await clients.create({ name: CLIENT, publish: ['*'], operator: true }, actingOperator());
    return issued.apiKey;
  } finally {
    await store.close();
  }
}

async function isKnown(store: Store, apiKey: string): Promise<boolean> {
  const prefix = prefixOf(apiKey);
  const [found] = prefix === null ? [] : await store.clients.findKeys([prefix]);
  return found !== undefined && found.key.expiresAt === null && matchesHash(apiKey, found.key.hash);
}
