import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { migrate } from '../../src/outbox/sqlite/migrate.js';

describe('migrating', () => {
  const FIRST = 'CREATE TABLE first (a)';
  const SECOND = 'ALTER TABLE first ADD COLUMN b; CREATE TABLE second (a)';
  const BROKEN = 'CREATE TABLE third (a); INSERT INTO nowhere VALUES (1)';
  let database: DatabaseSync;
  beforeEach(() => {
    database = new DatabaseSync(':memory:');
  });

  it('runs what a new database has not seen', () => {
    migrate(database, 0, [FIRST, SECOND]);
    expect(state()).toEqual({ version: 2, tables: ['first', 'second'] });
  });

  it('runs only what is new to an older one', () => {
    migrate(database, 0, [FIRST]);
    migrate(database, 1, [FIRST, SECOND]);
    expect(state()).toEqual({ version: 2, tables: ['first', 'second'] });
  });

  it('does nothing where there is nothing new', () => {
    migrate(database, 0, [FIRST]);
    migrate(database, 1, [FIRST]);
    expect(state()).toEqual({ version: 1, tables: ['first'] });
  });

  it('leaves the version before a migration that fails, whole, and can be run again', () => {
    expect(() => migrate(database, 0, [FIRST, SECOND, BROKEN])).toThrow('nowhere');
    expect(state()).toEqual({ version: 2, tables: ['first', 'second'] });
    migrate(database, 2, [FIRST, SECOND, 'CREATE TABLE third (a)']);
    expect(state()).toEqual({ version: 3, tables: ['first', 'second', 'third'] });
  });

  function state(): { version: unknown; tables: readonly unknown[] } {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    const version = database.prepare('PRAGMA user_version').get()?.user_version;
    return { version, tables: tables.map(({ name }) => name) };
  }
});
