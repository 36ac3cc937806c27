import { describe, expect, it } from '@jest/globals';
import { faultOfCommit, faultOfStatement } from './sqlite-fault.js';

describe('an error of SQLite', () => {
  const sqlite = (errcode: number) => Object.assign(new Error('of SQLite'), { errcode });

  it.each([
    ['BUSY', 5, 'rolled-back', 'rolled-back'],
    ['BUSY_SNAPSHOT', 517, 'rolled-back', 'rolled-back'],
    ['LOCKED', 6, 'rolled-back', 'rolled-back'],
    ['NOMEM', 7, 'rolled-back', 'rolled-back'],
    ['READONLY', 8, 'rolled-back', 'lost'],
    ['READONLY_DBMOVED', 1032, 'lost', 'lost'],
    ['IOERR_READ', 266, 'lost', 'lost'],
    ['IOERR_FSYNC', 1034, 'lost', 'lost'],
    ['CORRUPT', 11, 'lost', 'lost'],
    ['FULL', 13, 'rolled-back', 'rolled-back'],
    ['CANTOPEN', 14, 'lost', 'lost'],
    ['CONSTRAINT_UNIQUE', 2067, 'rolled-back', 'lost'],
    ['NOTADB', 26, 'lost', 'lost'],
  ])('%s (%d) means %s before a commit and %s in it', (_, code, inStatement, inCommit) => {
    expect(faultOfStatement(sqlite(code))).toBe(inStatement);
    expect(faultOfCommit(sqlite(code))).toBe(inCommit);
  });

  it('is told from a bug, which rolls back before a commit and is trusted with nothing in it', () => {
    expect(faultOfStatement(new TypeError('a bug'))).toBe('rolled-back');
    expect(faultOfCommit(new TypeError('a bug'))).toBe('lost');
    expect(faultOfStatement('no error at all')).toBe('rolled-back');
  });
});
