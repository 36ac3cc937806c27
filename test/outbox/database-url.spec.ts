import { describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { openStore } from '../../src/outbox/open-store.js';

describe('DATABASE_URL', () => {
  it.each([
    ['', 'names no database this gateway knows'],
    ['gateway.db', 'names no database this gateway knows'],
    ['./data/gateway.db', 'names no database this gateway knows'],
    ['mysql://user:secret@host/db', 'names no database this gateway knows'],
    ['sqlite:', 'names no file'],
    ['sqlite:gateway.db', 'names no file'],
    ['sqlite:./', 'names no file'],
    ['sqlite:/', 'names no file'],
    ['sqlite:./data/', 'names no file'],
    ['sqlite:.', 'names no file'],
    ['sqlite:..', 'names no file'],
    ['sqlite:///data/gateway.db', 'names no file'],
    ['sqlite://host/gateway.db', 'names no file'],
    ['sqlite:./gateway.db?mode=ro', 'names no file'],
    ['sqlite:./gateway.db\0', 'names no file'],
    ['sqlite::memory', 'names no file'],
  ])('is refused as %j, with what to write instead and without the password', async (databaseUrl, reason) => {
    const refusal = await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() }).catch((error) => error);
    expect(refusal).toMatchObject({ name: 'StoreUnusableError', code: 'store-unusable' });
    expect(refusal.message).toContain(reason);
    expect(refusal.message).toContain('sqlite:./folder/file.db');
    expect(refusal.message).not.toContain('secret');
  });
});
