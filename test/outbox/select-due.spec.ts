import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/outbox/sqlite/open-database.js';
import { append } from '../../src/outbox/sqlite/operations/append.js';
import { selectDue } from '../../src/outbox/sqlite/select-due.js';
import { selectSuspect } from '../../src/outbox/sqlite/select-suspect.js';
import type { Session } from '../../src/outbox/sqlite/session.js';
import { newEvent } from './support/events.js';

/** What a claim reads: a store with millions waiting must not be asked for more than it takes. */
let session: Session;
let close: () => void;
let statements = 0;
let rowsRead = 0;

beforeEach(() => {
  ({ session, close } = openDatabase({ file: ':memory:', role: 'owner' }));
  session.now = 1_000_000;
  const { row, rows } = session;
  session.row = (sql, ...values) => {
    statements += 1;
    return row.call(session, sql, ...values) as never;
  };
  session.rows = (sql, ...values) => {
    const found = rows.call(session, sql, ...values);
    statements += 1;
    rowsRead += found.length;
    return found as never;
  };
});
afterEach(() => close());

/** `a5 b2`: five events of client a, then two of client b. */
function accept(words: string, type = 'T'): void {
  for (const word of words.split(' ')) {
    const client = word.replace(/\d+$/, '');
    const count = Number(word.slice(client.length));
    append(
      session,
      Array.from({ length: count }, () => newEvent({ client, type })),
    );
  }
}

/** Takes events and tells how many of which clients, in the order of the first of each, and what it cost. */
function take(limit: number, ofType: Readonly<Record<string, number>> = { T: 1_000 }) {
  statements = 0;
  rowsRead = 0;
  const taken = selectDue(session, { background: false, ofType: new Map(Object.entries(ofType)), limit });
  const counts = [...Map.groupBy(taken, ({ client }) => client)].map(([client, { length }]) => `${client}${length}`);
  return { taken: counts.join(' '), statements, rowsRead };
}

describe('a claim on SQLite', () => {
  it.each([
    ['no event', 0, { T: 9 }],
    ['fewer than none', -1, { T: 9 }],
    ['no type', 9, {}],
  ])('that wants %s asks for nothing', (_, limit, ofType) => {
    accept('a3');
    expect(take(limit, ofType as Record<string, number>)).toEqual({ taken: '', statements: 0, rowsRead: 0 });
  });

  it('asks once for a type that has nothing waiting', () => {
    expect(take(9)).toEqual({ taken: '', statements: 1, rowsRead: 0 });
  });

  it('asks twice where one client has all that waits, and reads what it takes', () => {
    accept('a20');
    expect(take(9)).toEqual({ taken: 'a9', statements: 2, rowsRead: 9 });
    expect(take(9, { T: 2 })).toEqual({ taken: 'a2', statements: 2, rowsRead: 2 });
  });

  it('reads of each client a fair share and one more, once', () => {
    accept('a20 b20');
    expect(take(10)).toEqual({ taken: 'a5 b5', statements: 4, rowsRead: 2 + 6 + 6 });
  });

  it('reads on where a client has more than its share to give, for others have little', () => {
    accept('a20 b1');
    expect(take(10)).toEqual({ taken: 'a9 b1', statements: 6, rowsRead: 2 + (6 + 1) + (10 + 1) });
  });

  it('does not read on where there is no more to be had', () => {
    accept('a3 b2');
    expect(take(10)).toEqual({ taken: 'a3 b2', statements: 4, rowsRead: 2 + 3 + 2 });
  });

  it('looks for clients from the beginning only once the round is over', () => {
    accept('Anna5 Bea5 Cleo5');
    expect(take(1)).toEqual({ taken: 'Anna1', statements: 3, rowsRead: 1 + 1 });
    expect(take(1)).toEqual({ taken: 'Bea1', statements: 3, rowsRead: 1 + 1 });
    expect(take(2)).toEqual({ taken: 'Cleo1 Anna1', statements: 5, rowsRead: 1 + 2 + 2 + 2 });
    expect(take(2)).toEqual({ taken: 'Bea1 Cleo1', statements: 4, rowsRead: 2 + 2 + 2 });
  });
});

describe('a claim of a suspect', () => {
  const suspects = (...types: string[]) => selectSuspect(session, types).map(({ type }) => type);

  it('takes the one due longest, whatever its type, and of two as long the one accepted first', () => {
    accept('a1', 'U');
    accept('a1', 'T');
    accept('a1', 'V');
    session.change('UPDATE event SET lost_leases = 2');
    expect(suspects('T', 'U')).toEqual(['U']);
    session.change(`UPDATE event SET available_at = available_at - 1 WHERE type = 'V'`);
    expect(suspects('T', 'U', 'V')).toEqual(['V']);
    expect(suspects('T')).toEqual(['T']);
  });

  it('takes none that lost one lease, or is not due yet', () => {
    accept('a1');
    session.change('UPDATE event SET lost_leases = 1');
    expect(suspects('T')).toEqual([]);
    session.change('UPDATE event SET lost_leases = 2, available_at = ?', session.now + 1);
    expect(suspects('T')).toEqual([]);
    session.now += 1;
    expect(suspects('T')).toEqual(['T']);
  });
});
