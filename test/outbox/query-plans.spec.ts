import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { newEventId } from '../../src/kernel/ids.js';
import { migrate } from '../../src/outbox/sqlite/migrate.js';
import { MIGRATIONS } from '../../src/outbox/sqlite/migrations.js';
import { READS, WRITES } from '../../src/outbox/sqlite/operations.js';
import { Session } from '../../src/outbox/sqlite/session.js';
import { attemptOf, DELIVERED, LEASE_MS, newEvent, settlementOf } from './support/events.js';

/** A connection that remembers every statement it was asked to prepare. */
class ListeningDatabase extends DatabaseSync {
  readonly heard: string[] = [];

  override prepare(sql: string): StatementSync {
    this.heard.push(sql);
    return super.prepare(sql);
  }
}

/**
 * What accepting, claiming and settling cost must not grow with the backlog or the history. So no statement may walk
 * through events, nor sort them: each must find its few rows by an index.
 */
describe('the statements of every operation on events', () => {
  const database = new ListeningDatabase(':memory:');
  migrate(database, 0, MIGRATIONS);
  const session = new Session(database, 'owner');
  workThrough(session);
  const statements = database.heard.filter((sql) => /\bevent\b/.test(sql));

  it('are all heard', () => {
    const verbs = statements.map((sql) => sql.trim().split(/\s/)[0]);
    expect(verbs.sort()).toEqual([...Array(1).fill('INSERT'), ...Array(7).fill('SELECT'), ...Array(4).fill('UPDATE')]);
  });

  it.each(statements.map((sql) => [sql.replaceAll(/\s+/g, ' ').trim().slice(0, 90), sql]))(
    'find their rows by an index: %s',
    (_, sql) => {
      const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
      expect(steps.map(({ detail }) => String(detail)).filter((step) => !isCheap(step, sql))).toEqual([]);
    },
  );

  /** Leases are as few as calls in flight: they may be walked through and sorted. A unique key counts only as a whole. */
  function isCheap(step: string, sql: string): boolean {
    const isOfLeases = sql.includes('INDEXED BY event_leased');
    if (step.startsWith('SCAN')) return isOfLeases && step.endsWith('USING INDEX event_leased');
    if (step.includes('TEMP B-TREE')) return isOfLeases;
    return !step.includes('autoindex_event_2') || step.endsWith('(client=? AND type=? AND key_kind=? AND key=?)');
  }

  function workThrough(of: Session): void {
    const event = newEvent({ orderingKey: 'V-1' });
    const request = {
      owner: 'o',
      applicationUser: 'u',
      leaseMs: LEASE_MS,
      limit: 9,
      wanted: [{ type: event.type, limit: 9 }],
    };
    WRITES.append(of, [event, newEvent({ key: event.key }), newEvent({ orderingKey: 'V-1' })]);
    const claimed = WRITES.claim(of, request);
    WRITES.renewLeases(of, { owner: 'o', leaseMs: LEASE_MS });
    READS.findLostLeases(of, { besides: 'other', limit: 9 });
    WRITES.settle(
      of,
      claimed.map((one) => settlementOf(one, DELIVERED, attemptOf())),
    );
    READS.find(of, newEventId());
    READS.listAttempts(of, newEventId());
    READS.measure(of);
    of.tally.write((sql, ...values) => of.change(sql, ...values));
  }
});
