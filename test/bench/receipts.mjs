import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from './backlog.mjs';
import { createKey, purchaseDefinition, withStore } from './contract.mjs';
import { postContexts } from './post-contexts.mjs';
import { withServer } from './postgres.mjs';
import { inFolder, median, startGateway, withoutDataverse } from './processes.mjs';

const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 64;
/** More than are told in a round. */
const EVENTS_PER_ROUND = 60_000;
const CLAIM_LIMIT = 1_000;
const DAY_MS = 86_400_000;
const KEY = 'key of the benchmark';

/** Taking receipts of events that wait for them: authenticated, parsed, fsync before 204, each of another event. */
export function receipts() {
  return withServer(async (createDatabase) => [
    await taken('SQLite', (folder) => `sqlite:${join(folder, 'gateway.db')}`),
    await taken('PostgreSQL', () => createDatabase('receipts')),
  ]);
}

function taken(engine, databaseFor) {
  return inFolder(async (folder) => {
    const database = await databaseFor(folder);
    const hookAuth = join(folder, 'hook-auth.json');
    writeFileSync(hookAuth, JSON.stringify({ kind: 'http-header', headers: { 'x-bench-key': KEY } }), { mode: 0o600 });
    const settings = { ...withoutDataverse(folder), DATABASE_URL: database, HOOK_AUTH_FILE: hookAuth };
    const apiKey = await createKey(database);
    const ids = await deliveredEvents(database, ROUNDS * EVENTS_PER_ROUND);
    const gateway = await startGateway(settings);
    try {
      const rounds = [];
      for (let round = 0; round < ROUNDS; round++) {
        const ofRound = ids.slice(round * EVENTS_PER_ROUND, (round + 1) * EVENTS_PER_ROUND);
        const load = { url: gateway.value, key: KEY, ids: ofRound, folder };
        rounds.push(await postContexts({ ...load, connections: CONNECTIONS, seconds: SECONDS }));
      }
      return rowOf(engine, rounds, await confirmedAt(gateway.value, apiKey));
    } finally {
      await gateway.end('SIGTERM');
    }
  });
}

/** Ids of events that were delivered and wait for their receipts, put there without a gateway. */
async function deliveredEvents(database, count) {
  await fill(database, count);
  const { type } = await purchaseDefinition();
  const counts = { attempts: 1, uncertain: 0, conflicted: 0, lostLeases: 0, gateClosings: 0 };
  const settlement = { kind: 'delivered', counts, confirmWithinMs: DAY_MS };
  const request = { kind: 'ordinary', owner: 'bench', applicationUser: 'bench', leaseMs: 60_000, limit: CLAIM_LIMIT };
  return withStore(database, async ({ outbox }) => {
    const ids = [];
    for (;;) {
      const events = await outbox.claim({ ...request, wanted: [{ type, limit: CLAIM_LIMIT }] });
      if (events.length === 0) return ids;
      await outbox.settle(events.map(({ id, leaseToken }) => ({ id, leaseToken, settlement, attempt: null })));
      ids.push(...events.map(({ id }) => id));
    }
  });
}

/** How many receipts the gateway itself counted as the first proof of an event. */
async function confirmedAt(url, apiKey) {
  const answer = await fetch(`${url}/metrics`, { headers: { 'X-API-Key': apiKey } });
  const [, count] = /gateway_receipts_total\{[^}]*result="confirmed"\} (\d+)/.exec(await answer.text()) ?? [];
  return Number(count);
}

function rowOf(engine, rounds, confirmed) {
  const figureOf = (name) => median(rounds.map((round) => round[name]));
  const failed = rounds.reduce((sum, round) => sum + round.failed, 0);
  const told = rounds.reduce((sum, round) => sum + round.requests, 0);
  const percentiles = `p50 ${figureOf('p50').toFixed(1)}, p99 ${figureOf('p99').toFixed(1)} ms`;
  return {
    what: `receipts, ${engine}, c=${CONNECTIONS} (${confirmed} of ${told} confirmed)`,
    figure: `${Math.round(figureOf('rate'))}/s, ${percentiles}, ${failed} failed`,
    toReach: '>= 2000/s',
  };
}
