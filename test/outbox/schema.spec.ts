import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { migrate } from '../../src/outbox/sqlite/migrate.js';
import { MIGRATIONS } from '../../src/outbox/sqlite/migrations.js';
import { append } from '../../src/outbox/sqlite/operations/append.js';
import { claim } from '../../src/outbox/sqlite/operations/claim.js';
import { Session } from '../../src/outbox/sqlite/session.js';
import { LEASE_MS, newEvent } from './support/events.js';

/** What the schema refuses whatever the code does: a bug must fail a transaction, not a promise. */
describe('the schema', () => {
  let database: DatabaseSync;
  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    migrate(database, 0, MIGRATIONS);
    const session = new Session(database, 'owner');
    append(session, [newEvent({ orderingKey: 'V-1' }), newEvent({ orderingKey: 'V-1' }), newEvent()]);
    const wanted = [{ type: 'CustomerPurchase', limit: 1 }];
    claim(session, { kind: 'ordinary', owner: 'o', applicationUser: 'u', leaseMs: LEASE_MS, limit: 1, wanted });
  });

  const LEASED = "status = 'delivering', lease_owner = 'o', lease_token = 't', lease_until = 1";

  const DELIVER = "UPDATE event SET status = 'delivered', delivered_at = 1";
  const RECEIVE =
    'INSERT INTO receipt (event_sequence, step, operation, channel, received_at, stripped, replays, result)';

  it.each([
    ['a second event of a key in flight', `UPDATE event SET ${LEASED}, place = 'first' WHERE sequence = 2`],
    ['a second first event of a key', "UPDATE event SET place = 'first' WHERE sequence = 2"],
    ['a lease on an event behind another', `UPDATE event SET ${LEASED} WHERE sequence = 2`],
    ['a place without an ordering key', "UPDATE event SET place = 'first' WHERE sequence = 3"],
    ['a lease without a token', "UPDATE event SET status = 'delivering' WHERE sequence = 3"],
    ['a token without a lease', "UPDATE event SET status = 'pending' WHERE sequence = 1"],
    [
      'a delivered event that keeps its lease',
      "UPDATE event SET status = 'delivered', delivered_at = 1 WHERE sequence = 1",
    ],
    ['a delivered event without its instant', "UPDATE event SET status = 'delivered' WHERE sequence = 3"],
    [
      'a delivered event that holds others',
      "UPDATE event SET status = 'delivered', delivered_at = 1, place = 'first' WHERE sequence = 2",
    ],
    ['an end of an event that goes on', 'UPDATE event SET ended_at = 1 WHERE sequence = 3'],
    ['a replayed event that is neither', 'UPDATE event SET background = 2 WHERE sequence = 3'],
    [
      'a probe of nobody',
      "INSERT INTO gate (name, closings, changed_at, revision, probe_until) VALUES ('g', 0, 1, 1, 1)",
    ],
    ['a status nobody knows', "UPDATE event SET status = 'sleeping' WHERE sequence = 3"],
    ['text for an instant', "UPDATE event SET available_at = 'soon' WHERE sequence = 3"],
    ['a count below nothing', "INSERT INTO tally (type, status, count) VALUES ('T', 'pending', -1)"],
    [
      'an attempt at no event',
      "INSERT INTO attempt (event_sequence, number, outcome, counted, started_at, duration_ms, application_user) VALUES (99, 1, 'delivered', 1, 1, 1, 'u')",
    ],
    ['a receipt awaited of what is not delivered', 'UPDATE event SET confirm_by = 1 WHERE sequence = 3'],
    ['an overdue event that is not delivered', 'UPDATE event SET overdue = 1 WHERE sequence = 3'],
    ['a receipt awaited of what is confirmed', `${DELIVER}, confirmed_at = 1, confirm_by = 1 WHERE sequence = 3`],
    ['an overdue event that is confirmed', `${DELIVER}, confirmed_at = 1, overdue = 1 WHERE sequence = 3`],
    ['an overdue event that is awaited still', `${DELIVER}, confirm_by = 1, overdue = 1 WHERE sequence = 3`],
    ['a receipt of no event', `${RECEIVE} VALUES (99, 's', 'o', 'webhook', 1, 0, 0, 'confirmed')`],
    ['a receipt that came to nothing', `${RECEIVE} VALUES (3, 's', 'o', 'webhook', 1, 0, 0, 'repeated')`],
    ['a receipt of nowhere', `${RECEIVE} VALUES (3, 's', 'o', 'pigeon', 1, 0, 0, 'confirmed')`],
    [
      'a receipt twice',
      `${RECEIVE} VALUES (3, 's', 'o', 'webhook', 1, 0, 0, 'confirmed'), (3, 's', 'o', 'webhook', 1, 0, 0, 'duplicate')`,
    ],
    ['a key of no client', "INSERT INTO api_key (prefix, client, hash, created_at) VALUES ('aaaa', 'nobody', 'h', 1)"],
  ])('refuses %s', (_, sql) => {
    expect(() => database.exec(sql)).toThrow(/constraint failed|cannot store/);
  });

  it('never uses a sequence number again', () => {
    database.exec('DELETE FROM event WHERE sequence = 3');
    append(new Session(database, 'owner'), [newEvent()]);
    expect(database.prepare('SELECT max(sequence) AS last FROM event').get()).toEqual({ last: 4 });
  });
});
