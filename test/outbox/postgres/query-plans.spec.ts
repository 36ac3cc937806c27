import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { SystemClock } from '../../../src/kernel/clock.js';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { type OwnPostgresServer, startPostgres } from '../../support/postgres-server.js';
import { accept, attemptOf, claim, newEvent, retryIn, settlementOf } from '../support/events.js';
import { DELIVERED_AWAITED, receiptOf } from '../support/receipts.js';

const BACKLOG = 60_000;
const HISTORY = 60_000;

/** Rows as a long life leaves them: a backlog of many clients and lines, suspects, a history, replayed ones, retries far ahead. */
const FILL = `
INSERT INTO gateway.event (id, type, version, client, source, key_kind, key, fingerprint, ordering_key, status, place,
  accepted_at, available_at, age_starts_at, delivered_at, ended_at, lost_leases, confirm_by, overdue, data)
SELECT gen_random_uuid(), CASE WHEN n % 3 = 0 THEN 'VendorPaymentPosted' ELSE 'CustomerPurchase' END, 1,
  'client-' || n % 50, 'store-' || n % 500, 'business', 'key-' || n, 'f', CASE WHEN n % 3 = 0 THEN 'V-' || n % 1000 END,
  CASE WHEN n <= ${HISTORY} THEN 'delivered' ELSE 'pending' END,
  CASE WHEN n > ${HISTORY} AND n % 3 = 0 THEN CASE WHEN n <= ${HISTORY} + 3000 THEN 'first' ELSE 'behind' END END,
  n, n, n, CASE WHEN n <= ${HISTORY} THEN n END, CASE WHEN n <= ${HISTORY} THEN n END, CASE WHEN n % 7 = 0 THEN 2 ELSE 0 END,
  CASE WHEN n <= ${HISTORY} AND n % 2 = 0 THEN 9000000000000 END, CASE WHEN n <= ${HISTORY} THEN n % 2 ELSE 0 END, '{}'
FROM generate_series(1, ${HISTORY + BACKLOG}) AS n
ON CONFLICT DO NOTHING`;

const FILL_RECEIPTS = `
INSERT INTO gateway.receipt (event_sequence, step, operation, channel, received_at, stripped, replays, result)
SELECT sequence, 'step', 'operation', 'webhook', 1, 0, 0, 'outdated' FROM gateway.event WHERE status = 'delivered'`;

/** Blocks of 8 KiB that a statement touched, a call on average; those on events alone. */
const TOUCHED = `
SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 120) AS statement, (shared_blks_hit + shared_blks_read) / calls AS blocks
FROM pg_stat_statements WHERE query ~ '\\m(event|receipt)\\M'
  AND userid IN (SELECT usesysid FROM pg_user) AND query !~ 'generate_series|CREATE|VACUUM'`;

/** A page of a list looks at 2,000 events at most; everything else touches as many as it is about, and some of indexes. */
const MOST_BLOCKS = 1500;
const MOST_BLOCKS_OF_A_WALK = 16_000;

/**
 * What accepting, claiming and settling cost must not grow with the backlog or the history. So it is measured which blocks
 * every statement touches among many events, whatever plan the server chose, and without its statistics being current.
 */
describe('the statements on events, before a long backlog and history', () => {
  let server: OwnPostgresServer;
  let client: Client;
  let store: Store;
  beforeAll(async () => {
    server = await startPostgres(['shared_preload_libraries=pg_stat_statements', 'autovacuum=off']);
    const databaseUrl = await server.createDatabase();
    store = await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
    client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query('CREATE EXTENSION pg_stat_statements');
    await client.query(FILL);
    await client.query(FILL_RECEIPTS);
    await client.query('SELECT pg_stat_statements_reset()');
  }, 120_000);
  afterAll(async () => {
    await client.end();
    await store.close();
    await server.leave();
  });

  it('touch a bounded number of blocks', async () => {
    for (let round = 0; round < 8; round += 1) await workThrough(round);
    const { rows } = await client.query<{ statement: string; blocks: string }>(TOUCHED);
    expect(rows.length).toBeGreaterThan(10);
    const isWalk = (statement: string) => statement.includes('looked');
    const excessive = rows.filter(
      ({ statement, blocks }) => Number(blocks) > (isWalk(statement) ? MOST_BLOCKS_OF_A_WALK : MOST_BLOCKS),
    );
    expect(excessive).toEqual([]);
  }, 120_000);

  /** One is tried again, of another the receipt is late at once. */
  function endOf(n: number) {
    return n === 0 ? retryIn(9) : { ...DELIVERED_AWAITED, confirmWithinMs: n === 1 ? 0 : 1e6 };
  }

  async function workThrough(round: number): Promise<void> {
    const known = newEvent({ key: `key-${round}`, client: `client-${round}` });
    await accept(store, {}, { orderingKey: 'V-1' }, known);
    await store.outbox.recall([known]);
    const claimed = [...(await claim(store, { limit: 10 }))];
    expect(claimed).toHaveLength(10);
    claimed.push(...(await claim(store, { kind: 'suspect' })));
    expect(claimed).toHaveLength(11);
    await store.outbox.renewLeases('owner-1', 30_000);
    const requests = claimed.map((event, n) => settlementOf(event, endOf(n), attemptOf()));
    await store.outbox.settle(requests);
    await store.receipts.confirm(claimed.slice(2).flatMap(({ id, type }) => [receiptOf(id, { type }), receiptOf(id)]));
    await store.receipts.listReceipts(known.id);
    expect(await store.receipts.markOverdue(10)).toHaveLength(1);
    await store.outbox.list({ filter: { overdue: true }, cursor: null, limit: 10 });
    await store.outbox.findLostLeases('other', 10);
    await store.outbox.measure();
    await store.outbox.list({ filter: { client: 'client-7' }, cursor: null, limit: 10 });
    await store.outbox.list({ filter: { source: 'store-9', type: 'Unknown' }, cursor: null, limit: 10 });
    await store.outbox.list({ filter: { key: 'key-90000' }, cursor: null, limit: 10 });
    await store.outbox.list({ filter: { status: 'dead' }, cursor: null, limit: 10 });
    const always = { from: 0, to: Number.MAX_SAFE_INTEGER };
    await store.outbox.summarize({ filter: { ...always, client: 'client-7' }, place: null });
    await store.outbox.summarize({ filter: { ...always, source: 'store-9' }, place: null });
    await store.outbox.summarize({ filter: { ...always, type: 'Unknown' }, place: null });
    await store.outbox.whichEnded([known.id]);
    await store.housekeeping.clearData({ endedBefore: 1000, limit: 10 });
    await store.housekeeping.removeEnded({ endedBefore: 500, limit: 10 });
  }
});
