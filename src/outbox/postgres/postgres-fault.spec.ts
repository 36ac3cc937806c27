import { describe, expect, it } from '@jest/globals';
import { DatabaseError } from 'pg';
import { faultOfStatement, isRefusedCommit } from './postgres-fault.js';

describe('an error of PostgreSQL', () => {
  it.each([
    ['a key that is taken', fromServer('23505'), 'isolate', true],
    ['a character it cannot store', fromServer('22021'), 'isolate', true],
    ['a bug of ours', new TypeError('x is not a function'), 'isolate', false],
    ['a deadlock', fromServer('40P01'), 'again', true],
    ['a serialization failure', fromServer('40001'), 'again', true],
    ['a lock that was not to be had', fromServer('55P03'), 'refused', true],
    ['a statement that took too long', fromServer('57014'), 'refused', true],
    ['a full disk', fromServer('53100'), 'refused', true],
    ['a shutdown', fromServer('57P01', 'FATAL'), 'lost', false],
    ['a crash of the server', fromServer('57P02', 'FATAL'), 'lost', false],
    ['a server that became a standby', fromServer('25006'), 'lost', false],
    ['anything fatal', fromServer('53200', 'FATAL'), 'lost', false],
    ['a failed fsync', fromServer('58030', 'PANIC'), 'lost', false],
    ['a reset', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }), 'lost', false],
    ['a connection that ended', new Error('Connection terminated unexpectedly'), 'lost', false],
    [
      'a connection that broke before',
      new Error('Client has encountered a connection error and is not queryable'),
      'lost',
      false,
    ],
    ['an answer that never came', new Error('Query read timeout'), 'lost', false],
    ['a connection that was not to be had', new Error('timeout exceeded when trying to connect'), 'lost', false],
  ])('%s', (_, error, fault, isRefused) => {
    expect(faultOfStatement(error)).toBe(fault);
    expect(isRefusedCommit(error)).toBe(isRefused);
  });

  function fromServer(code: string, severity = 'ERROR'): DatabaseError {
    return Object.assign(new DatabaseError('said the server', 10, 'error'), { code, severity });
  }
});
