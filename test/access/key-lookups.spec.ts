import { describe, expect, it } from '@jest/globals';
import { generateApiKey } from '../../src/access/api-key.js';
import { KeyLookups } from '../../src/access/key-lookups.js';
import { StorageError } from '../../src/outbox/storage.error.js';
import { ScriptedClientStore } from './support/scripted-client-store.js';

describe('lookups of keys', () => {
  it('share a statement with all that wait for the one under way, however many', async () => {
    const store = new ScriptedClientStore();
    const lookups = new KeyLookups(store);
    const prefix = store.give('till', {}).slice(4, 16);
    const first = lookups.find(prefix);
    await Promise.resolve();
    const others = Array.from({ length: 5_000 }, () => lookups.find(generateApiKey().prefix));
    expect(await first).toMatchObject({ client: { name: 'till' } });
    expect(new Set(await Promise.all(others))).toEqual(new Set([null]));
    expect(store.lookups).toBe(2);
  });

  it('fail together with their statement, and the next ones do not', async () => {
    const store = new ScriptedClientStore();
    const lookups = new KeyLookups(store);
    const prefix = store.give('till', {}).slice(4, 16);
    store.failure = new StorageError('storage-not-stored', 'busy');
    const failed = await Promise.allSettled([lookups.find(prefix), lookups.find('x')]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    store.failure = null;
    expect(await lookups.find(prefix)).toMatchObject({ client: { name: 'till' } });
  });
});
