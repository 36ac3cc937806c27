import { Client } from 'pg';
import { migrate } from '../../../src/outbox/postgres/migrate.js';
import { MIGRATIONS } from '../../../src/outbox/postgres/migrations.js';
import { takeWork } from '../../../src/outbox/postgres/take-work.js';

/** The schema version of the gateway before this one. */
export const OLDER = MIGRATIONS.length - 1;

/** What a gateway of the version before holds of a PostgreSQL database that it works on. */
export interface OlderGateway {
  /** The schema version it would find at its next connection. */
  version(): Promise<number | undefined>;
  stop(): Promise<void>;
}

export async function startOlderGateway(databaseUrl: string): Promise<OlderGateway> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await takeWork(client, false);
  await migrate(client, MIGRATIONS.slice(0, OLDER), { role: 'owner' });
  return {
    version: async () => {
      const { rows } = await client.query<{ version: number }>('SELECT version FROM gateway.schema_version');
      return rows[0]?.version;
    },
    stop: () => client.end(),
  };
}
