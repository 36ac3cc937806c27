import { Client } from 'pg';
import { startGuardian } from '../support/postgres/start-guardian.mjs';
import { createKey, purchaseDefinition } from './contract.mjs';
import { drained } from './drain.mjs';
import { carry, rowsOf } from './limits.mjs';
import { LOAD_TOOL, postEvents } from './load.mjs';
import { inFolder, startGateway, withoutDataverse } from './processes.mjs';

const SECONDS = 6;
const CONNECTIONS = 64;
const REPLICAS = 3;

/** Accepting and delivering with PostgreSQL on the same machine, which takes its share of it. */
export function postgres() {
  return withServer(async (createDatabase) => [
    await acceptRow(await createDatabase('accept')),
    await drained('in batches, PostgreSQL', { DATABASE_URL: await createDatabase('batched') }, ''),
    await drained('single calls, PostgreSQL', singles(await createDatabase('single')), ''),
  ]);
}

/** Three processes on one database carry what one does: the limits are the application user's, not theirs. */
export function replicas() {
  return withServer(async (createDatabase) => {
    const rows = [];
    for (const count of [1, REPLICAS]) {
      const database = await createDatabase(`replicas_${count}`);
      const start = (settings) => Promise.all(Array.from({ length: count }, () => startGateway(settings)));
      const accounts = await inFolder((folder) => carry(folder, { count: 1, database, start }));
      rows.push(...rowsOf(`limits, ${count} replicas on one PostgreSQL`, accounts, true));
    }
    return rows;
  });
}

function singles(database) {
  return { DATABASE_URL: database, DELIVERY_BATCH_SIZE: '1' };
}

function acceptRow(database) {
  return inFolder(async (folder) => {
    const apiKey = await createKey(database);
    const gateway = await startGateway({
      ...withoutDataverse(folder),
      DATABASE_URL: database,
      BACKLOG_LIMIT: '2000000',
    });
    const { slug, example, key } = await purchaseDefinition();
    const load = { url: gateway.value, path: `/v1/events/${slug}`, apiKey, event: example, key, seconds: SECONDS };
    const { rate, p99, failed } = await postEvents({ ...load, connections: CONNECTIONS });
    await gateway.end('SIGTERM');
    const figure = `${Math.round(rate)}/s, p99 ${p99.toFixed(1)} ms, ${failed} failed`;
    return { what: `accept, PostgreSQL, c=${CONNECTIONS} (${LOAD_TOOL})`, figure, toReach: '' };
  });
}

/** A server of its own; `work` gets what makes a database there and tells its address. */
export async function withServer(work) {
  const server = startGuardian([]);
  try {
    const port = await server.command('start');
    const urlOf = (name) => `postgres://gateway:test-password@127.0.0.1:${port}/${name}`;
    return await work(async (name) => {
      const client = new Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(name);
    });
  } finally {
    await server.leave();
  }
}
