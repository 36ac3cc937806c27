import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { newEventId } from '../../src/kernel/ids.js';
import type { EventFilter } from '../../src/outbox/event-query.js';
import { SUMMARY_STEP_EVENTS } from '../../src/outbox/event-summary.js';
import { migrate } from '../../src/outbox/sqlite/migrate.js';
import { MIGRATIONS } from '../../src/outbox/sqlite/migrations.js';
import { READS, WRITES } from '../../src/outbox/sqlite/operations.js';
import { Session } from '../../src/outbox/sqlite/session.js';
import { attemptOf, DELIVERED, LEASE_MS, newEvent, settlementOf } from './support/events.js';
import { ANN, FORCED } from './support/lives.js';
import { DELIVERED_AWAITED, receiptOf } from './support/receipts.js';

/** A connection that remembers every statement it was asked to prepare. */
class ListeningDatabase extends DatabaseSync {
  readonly heard: string[] = [];

  override prepare(sql: string): StatementSync {
    this.heard.push(sql);
    return super.prepare(sql);
  }
}

/** One for each index a list may go along. */
const FILTERS: readonly EventFilter[] = [
  {},
  { key: 'P-1' },
  { key: 'P-1', client: 'pos' },
  { blocking: true },
  { overdue: true },
  { overdue: true, client: 'pos' },
  { orderingKey: 'V-1' },
  { status: 'dead' },
  { status: 'cancelled', type: 'T' },
  { status: 'pending' },
  { client: 'pos', from: 1, to: 2 },
];

const SUMMARY_FILTERS: readonly EventFilter[] = [{}, { client: 'pos' }, { source: 'store-1' }];

/**
 * What accepting, claiming, settling, listing and sweeping cost must not grow with the backlog or the history. So no
 * statement may walk through events, nor sort them: each must find its few rows by an index.
 */
describe('the statements of every operation on events', () => {
  const database = new ListeningDatabase(':memory:');
  migrate(database, 0, MIGRATIONS);
  const session = new Session(database, 'owner');
  workThrough(session);
  const statements = [...new Set(database.heard)].filter((sql) => /\b(event|receipt)\b/.test(sql));

  it('are all heard', () => {
    const verbs = Map.groupBy(statements, (sql) => sql.trim().split(/\s/)[0]);
    expect([...verbs].map(([verb, of]) => [verb, of.length]).sort()).toEqual([
      ['DELETE', 1],
      ['INSERT', 2],
      ['SELECT', expect.any(Number)],
      ['UPDATE', 10],
      ['WITH', 1],
    ]);
    expect(verbs.get('SELECT')?.length).toBeGreaterThan(30);
  });

  it.each(statements.map((sql) => [sql.replaceAll(/\s+/g, ' ').trim().slice(0, 200), sql]))(
    'find their rows by an index: %s',
    (_, sql) => {
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      expect(steps.map(({ detail }) => String(detail)).filter((step) => !isCheap(step, sql))).toEqual([]);
    },
  );

  function isCheap(step: string, sql: string): boolean {
    if (step.startsWith('SCAN')) return isShort(step, sql);
    if (step.endsWith('TEMP B-TREE FOR GROUP BY')) return sql.includes(`LIMIT ${SUMMARY_STEP_EVENTS})`);
    const sortsFew = sql.includes('INDEXED BY event_leased') || sql.includes(ONE_EVENTS_RECEIPTS);
    if (step.includes('TEMP B-TREE')) return sortsFew || step.includes('DISTINCT');
    const isOfKeys = step.includes('autoindex_event_2');
    return (
      !isOfKeys ||
      step.endsWith(WHOLE_KEY) ||
      step.endsWith('(client>?)') ||
      step.startsWith('SEARCH event USING COVERING')
    );
  }

  /** Some fifty at most. */
  const ONE_EVENTS_RECEIPTS = 'FROM receipt WHERE event_sequence = (';

  const WHOLE_KEY = '(client=? AND type=? AND key_kind=? AND key=?)';

  /**
   * What may be walked through: leases, as few as calls in flight; the tallies, as few as types; what a subquery with a
   * limit gives; an index, or the table itself, from one end until the limit of two thousand is met.
   */
  function isShort(step: string, sql: string): boolean {
    if (/^SCAN (sender|tally|known|json_each|\(subquery|CONSTANT)/.test(step)) return true;
    if (sql.includes('INDEXED BY event_leased')) return step.endsWith('USING INDEX event_leased');
    return sql.includes('INDEXED BY event_open') && step.endsWith('USING INDEX event_open') && sql.includes('LIMIT 1');
  }

  function workThrough(of: Session): void {
    const event = newEvent({ orderingKey: 'V-1' });
    const request = {
      kind: 'ordinary' as const,
      owner: 'o',
      applicationUser: 'u',
      leaseMs: LEASE_MS,
      limit: 9,
      wanted: [{ type: event.type, limit: 9 }],
    };
    WRITES.append(of, [event, newEvent({ key: event.key }), newEvent({ orderingKey: 'V-1' })]);
    WRITES.append(of, [newEvent({ client: 'erp' }), newEvent({ client: 'web' })]);
    READS.recall(of, [event]);
    const claimed = WRITES.claim(of, request);
    WRITES.claim(of, { ...request, kind: 'suspect' });
    WRITES.renewLeases(of, { owner: 'o', leaseMs: LEASE_MS });
    READS.findLostLeases(of, { besides: 'other', limit: 9 });
    WRITES.settle(
      of,
      claimed.map((one) => settlementOf(one, DELIVERED, attemptOf())),
    );
    WRITES.replay(of, { id: event.id, ...FORCED });
    WRITES.cancel(of, { id: event.id, ...ANN });
    WRITES.erase(of, { id: event.id, ...ANN });
    WRITES.clearData(of, { endedBefore: 9, limit: 9 });
    WRITES.removeEnded(of, { endedBefore: 9, limit: 9 });
    for (const filter of SUMMARY_FILTERS) READS.summarize(of, { filter: { ...filter, from: 1, to: 2 }, place: null });
    confirmAndMark(of);
    READS.whichEnded(of, [event.id]);
    for (const filter of FILTERS) {
      READS.list(of, { filter, cursor: null, limit: 9 });
      READS.countReplayable(of, { filter, force: false, after: 0 });
      READS.countReplayable(of, { filter, force: true, after: 0 });
    }
    READS.find(of, newEventId());
    READS.listAttempts(of, newEventId());
    READS.measure(of);
    of.tally.write((sql, ...values) => of.change(sql, ...values));
  }

  function confirmAndMark(of: Session): void {
    WRITES.append(of, [newEvent()]);
    const wanted = [{ type: 'CustomerPurchase', limit: 9 }];
    const events = WRITES.claim(of, {
      kind: 'ordinary',
      owner: 'o',
      applicationUser: 'u',
      leaseMs: 1,
      limit: 9,
      wanted,
    });
    const overdue = { ...DELIVERED_AWAITED, confirmWithinMs: 0 };
    WRITES.settle(
      of,
      events.map((one) => settlementOf(one, overdue)),
    );
    WRITES.markOverdue(of, 9);
    WRITES.confirm(
      of,
      events.flatMap(({ id }) => [receiptOf(id), receiptOf(id)]),
    );
    READS.listReceipts(of, newEventId());
  }
});
