import { SystemClock } from '../../../src/kernel/clock.js';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { sharedPostgres } from '../../support/postgres-server.js';

/** Several stores on one PostgreSQL database, as so many gateways have them, by the server's real time. */
export interface Replicas {
  readonly databaseUrl: string;
  readonly stores: readonly Store[];
  close(): Promise<void>;
}

export async function openReplicas(count: number): Promise<Replicas> {
  const server = await sharedPostgres();
  const databaseUrl = await server.createDatabase();
  const open = () => openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
  const stores = await Promise.all(Array.from({ length: count }, open));
  const close = async () => {
    await Promise.all(stores.map((store) => store.close()));
    await server.dropDatabase(databaseUrl);
  };
  return { databaseUrl, stores, close };
}
