import { describe, expect, it } from '@jest/globals';
import { KNOWN_CODES, type KnownCode, USER_SHUT_OUT } from './known-codes.js';

/** Written down a second time on purpose: operators read these words, and other systems act upon the outcomes. */
const TABLE: readonly (readonly [code: string, known: KnownCode])[] = [
  ['0x80072322', { outcome: 'throttled', limit: 'requests', meaning: 'too many requests in five minutes' }],
  ['0x80072321', { outcome: 'throttled', limit: 'execution-time', meaning: 'too much execution time in five minutes' }],
  ['0x80072326', { outcome: 'throttled', limit: 'concurrency', meaning: 'too many requests at once' }],
  ['0x8005f103', { outcome: 'throttled', limit: 'other', meaning: 'too many requests' }],
  ['0x80044150', { outcome: 'transient', meaning: 'a database error such as a deadlock' }],
  ['0x80044151', { outcome: 'transient', meaning: 'the database took too long' }],
  ['0x80072323', { outcome: 'transient', meaning: "the database's resources are exhausted" }],
  ['0x80072324', { outcome: 'transient', meaning: 'too many requests at once for the database' }],
  ['0x8004a001', { outcome: 'transient', meaning: 'the server is busy' }],
  ['0x80060916', { outcome: 'transient', meaning: 'a passing error inside Dataverse' }],
  ['0x80040217', { outcome: 'conflicted', meaning: 'a row it refers to does not exist' }],
  ['0x80040265', { outcome: 'conflicted', meaning: 'a plug-in aborted the call' }],
  ['0x80072560', { outcome: null, meaning: 'the application user is not a member of the environment' }],
  ['0x80042f09', { outcome: null, meaning: 'the application user has no security role' }],
  ['0x80040220', { outcome: null, meaning: 'the application user lacks a privilege' }],
  ['0x80040225', { outcome: null, meaning: 'the application user is disabled' }],
  ['0x8006088a', { outcome: null, meaning: 'there is no such custom API' }],
  ['0x80040203', { outcome: null, meaning: 'a parameter is missing or invalid' }],
  ['0x80048d19', { outcome: null, meaning: 'a parameter is unknown or of another type' }],
];

describe('known codes', () => {
  it.each(TABLE)('%s means what it always meant', (code, known) => {
    expect(KNOWN_CODES.get(code)).toEqual(known);
  });

  it('are these and no others, in the form in which they are looked up', () => {
    expect([...KNOWN_CODES.keys()].sort()).toEqual(TABLE.map(([code]) => code).sort());
    for (const code of [...KNOWN_CODES.keys(), ...USER_SHUT_OUT]) expect(code).toMatch(/^0x[0-9a-f]{8}$/);
  });

  it('shut an application user out by two of them', () => {
    expect([...USER_SHUT_OUT]).toEqual(['0x80072560', '0x80042f09']);
  });
});
