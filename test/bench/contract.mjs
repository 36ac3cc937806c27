import 'reflect-metadata';
import { ClientsService } from '../../dist/access/clients.service.js';
import { loadEventCatalog } from '../../dist/contract/load-event-catalog.js';
import { SystemClock } from '../../dist/kernel/clock.js';
import { openStore } from '../../dist/outbox/open-store.js';

/** The definition whose example every part of the benchmark sends. */
export async function purchaseDefinition() {
  const catalog = await loadEventCatalog(new URL('../../dist/events/', import.meta.url), 'contoso');
  const definition = catalog.find('CustomerPurchase');
  if (definition === null) throw new Error('the benchmark sends CustomerPurchase, which is not loaded');
  return definition;
}

/** Works on a database beside a gateway, or before one. */
export async function withStore(databaseUrl, work) {
  const store = await openStore({ databaseUrl, role: 'guest', clock: new SystemClock() });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

export function createKey(databaseUrl) {
  return withStore(databaseUrl, async ({ clients }) => {
    const client = { name: 'bench', publish: ['*'], operator: true };
    const issued = await new ClientsService(clients, new SystemClock()).create(client, 'cli:bench');
    return issued.apiKey;
  });
}
