import { describe, expect, it } from '@jest/globals';
import { objectionTo, type ServerFacts } from './check-server.js';

const GOOD: ServerFacts = {
  versionNumber: 140_000,
  version: '14.0',
  isStandby: false,
  isReadOnly: false,
  hasFsync: true,
  hasFullPageWrites: true,
  encoding: 'UTF8',
};

describe('a PostgreSQL server', () => {
  it('will do where it is new enough, writable and durable', () => {
    expect(objectionTo(GOOD, false)).toBeNull();
  });

  it.each<[string, Partial<ServerFacts>, RegExp]>([
    ['that is too old', { versionNumber: 139_999, version: '13.23' }, /PostgreSQL 13\.23: the gateway needs 14/],
    ['that is a standby', { isStandby: true, isReadOnly: true }, /standby.*primary/],
    ['that is read-only', { isReadOnly: true }, /read-only/],
    ['that knows not every character', { encoding: 'LATIN1' }, /LATIN1.*UTF8/],
    ['that does not fsync', { hasFsync: false }, /fsync=off.*DATABASE_ALLOW_FSYNC_OFF/],
    ['that can lose torn pages', { hasFullPageWrites: false }, /full_page_writes=off/],
  ])('%s is refused, with what to do', (_, facts, objection) => {
    expect(objectionTo({ ...GOOD, ...facts }, false)).toMatch(objection);
  });

  it('may lose what it committed only where that was allowed, and nothing else is', () => {
    const lossy = { ...GOOD, hasFsync: false, hasFullPageWrites: false };
    expect(objectionTo(lossy, true)).toBeNull();
    expect(objectionTo({ ...lossy, isStandby: true }, true)).toMatch(/standby/);
  });
});
