import { describe, expect, it } from '@jest/globals';
import { StoreUnusableError } from '../store-unusable.error.js';
import { whyUnusable } from './why-unusable.js';

function ofSqlite(errcode: number, words: string): Error {
  return Object.assign(new Error(words), { errcode });
}

const FULL = ofSqlite(13, 'database or disk is full');
const NO_ROOM_BESIDE = ofSqlite(4874, 'disk I/O error');
const NO_SPACE = Object.assign(new Error('ENOSPC: no space left on device, open'), { code: 'ENOSPC' });

describe('why a database cannot be used', () => {
  it.each([
    ['the file cannot grow', FULL],
    ['nothing fits beside it', NO_ROOM_BESIDE],
    ['it cannot be made', NO_SPACE],
  ])('is a full disk where %s: to make room is all there is to do', (_what, error) => {
    const told = (role: 'owner' | 'guest') => whyUnusable('/a.db', error, role).message;
    expect(told('guest')).toBe('/a.db cannot be used: the disk is full: make room, then repeat this command');
    expect(told('owner')).toBe('/a.db cannot be used: the disk is full: make room, then start again');
  });

  it.each([
    [ofSqlite(10, 'disk I/O error'), 'the disk does not do its work'],
    [ofSqlite(11, 'malformed'), 'it is damaged'],
    [Object.assign(new Error('no'), { code: 'EACCES' }), 'let this user write the file'],
    [new Error('whatever'), 'see the cause (whatever)'],
  ])('is told for %s', (error, advice) => {
    expect(whyUnusable('/a.db', error, 'owner').message).toContain(advice);
  });

  it('stays as it is where somebody has said it already', () => {
    const said = new StoreUnusableError('said');
    expect(whyUnusable('/a.db', said, 'guest')).toBe(said);
  });
});
