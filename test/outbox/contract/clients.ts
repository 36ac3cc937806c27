import { expect, it } from '@jest/globals';
import type { NewAuditEntry } from '../../../src/outbox/audit-store.js';
import type { ApiKeyRecord, ClientRecord } from '../../../src/outbox/client-store.js';
import type { CurrentFixture } from '../support/store-fixture.js';

const DEED: NewAuditEntry = { by: 'cli:ann@till', action: 'client.create', subject: 'pos', detail: null };

/** What every engine promises about clients and their keys. */
export function clients(current: CurrentFixture): void {
  it('knows a client by the prefix of its key', async () => {
    const { store } = current();
    const [client, key] = [clientOf('pos'), keyOf('pos', 'aaaa')];
    expect(await store.clients.create(client, key, DEED)).toBe(true);
    expect(await store.clients.findKey('aaaa')).toEqual({ client, key });
    expect(await store.clients.findKey('bbbb')).toBeNull();
  });

  it('refuses a name that is taken, and its key with it', async () => {
    const { store } = current();
    await store.clients.create(clientOf('pos'), keyOf('pos', 'aaaa'), DEED);
    expect(await store.clients.create(clientOf('pos', { operator: true }), keyOf('pos', 'bbbb'), DEED)).toBe(false);
    expect(await store.clients.findKey('bbbb')).toBeNull();
    expect(await store.clients.list()).toEqual([{ client: clientOf('pos'), keys: [keyOf('pos', 'aaaa')] }]);
  });

  it('stores no client whose key cannot be stored', async () => {
    const { store } = current();
    await store.clients.create(clientOf('pos'), keyOf('pos', 'aaaa'), DEED);
    const create = store.clients.create(clientOf('erp'), keyOf('erp', 'aaaa'), DEED);
    await expect(create).rejects.toMatchObject({ code: 'storage-not-stored' });
    expect((await store.clients.list()).map(({ client }) => client.name)).toEqual(['pos']);
  });

  it('lists clients by name, keys by age', async () => {
    const { store } = current();
    const erp = clientOf('erp', { publish: ['*'], operator: true });
    await store.clients.create(clientOf('pos'), keyOf('pos', 'cccc'), DEED);
    await store.clients.create(erp, keyOf('erp', 'bbbb'), DEED);
    await store.clients.rotate(keyOf('pos', 'aaaa', { createdAt: 2000 }), 5000, DEED);
    expect(await store.clients.list()).toEqual([
      { client: erp, keys: [keyOf('erp', 'bbbb')] },
      {
        client: clientOf('pos'),
        keys: [keyOf('pos', 'cccc', { expiresAt: 5000 }), keyOf('pos', 'aaaa', { createdAt: 2000 })],
      },
    ]);
  });

  it('rotates a key without prolonging one that ends earlier', async () => {
    const { store } = current();
    await store.clients.create(clientOf('pos'), keyOf('pos', 'aaaa'), DEED);
    await store.clients.create(clientOf('erp'), keyOf('erp', 'eeee'), DEED);
    await store.clients.rotate(keyOf('pos', 'bbbb'), 3000, DEED);
    expect(await store.clients.rotate(keyOf('pos', 'cccc'), 9000, DEED)).toBe(true);
    const ends = await Promise.all(['aaaa', 'bbbb', 'cccc', 'eeee'].map((prefix) => store.clients.findKey(prefix)));
    expect(ends.map((found) => found?.key.expiresAt)).toEqual([3000, 9000, null, null]);
  });

  it('rotates no key of a client it does not know', async () => {
    const { store } = current();
    expect(await store.clients.rotate(keyOf('nobody', 'aaaa'), 3000, DEED)).toBe(false);
    expect(await store.clients.findKey('aaaa')).toBeNull();
  });

  it('revokes every key of one client, at once', async () => {
    const { store } = current();
    await store.clients.create(clientOf('pos'), keyOf('pos', 'aaaa'), DEED);
    await store.clients.create(clientOf('erp'), keyOf('erp', 'eeee'), DEED);
    await store.clients.rotate(keyOf('pos', 'bbbb'), 3000, DEED);
    expect(await store.clients.revoke('pos', 4000, DEED)).toBe(true);
    expect(await store.clients.revoke('nobody', 4000, DEED)).toBe(false);
    const ends = await Promise.all(['aaaa', 'bbbb', 'eeee'].map((prefix) => store.clients.findKey(prefix)));
    expect(ends.map((found) => found?.key.expiresAt)).toEqual([3000, 4000, null]);
  });

  it('audits what was done, and nothing that was refused', async () => {
    const { store } = current();
    await store.clients.create(clientOf('pos'), keyOf('pos', 'aaaa'), DEED);
    await store.clients.create(clientOf('pos'), keyOf('pos', 'bbbb'), DEED);
    await store.clients.rotate(keyOf('pos', 'cccc'), 9, { ...DEED, action: 'client.rotate', detail: 'key cccc' });
    await store.clients.rotate(keyOf('nobody', 'dddd'), 9, { ...DEED, action: 'client.rotate', subject: 'nobody' });
    await store.clients.revoke('pos', 9, { ...DEED, action: 'client.revoke' });
    await store.clients.revoke('nobody', 9, { ...DEED, action: 'client.revoke', subject: 'nobody' });
    expect((await store.audit.list({ before: null, limit: 9 })).toReversed()).toMatchObject([
      DEED,
      { ...DEED, action: 'client.rotate', detail: 'key cccc' },
      { ...DEED, action: 'client.revoke' },
    ]);
  });

  function clientOf(name: string, facts: Partial<ClientRecord> = {}): ClientRecord {
    return { name, publish: ['CustomerPurchase'], operator: false, createdAt: 1000, ...facts };
  }

  function keyOf(client: string, prefix: string, facts: Partial<ApiKeyRecord> = {}): ApiKeyRecord {
    return { prefix, client, hash: `hash of ${prefix}`, createdAt: 1000, expiresAt: null, ...facts };
  }
}
