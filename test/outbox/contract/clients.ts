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
    expect(await store.clients.findKeys(['aaaa'])).toEqual([{ client, key }]);
    expect(await store.clients.findKeys(['bbbb'])).toEqual([]);
  });

  it('finds many keys at once, and leaves out what it does not know', async () => {
    const { store } = current();
    await store.clients.create(clientOf('pos'), keyOf('pos', 'aaaa'), DEED);
    await store.clients.create(clientOf('erp', { rate: 7 }), keyOf('erp', 'eeee'), DEED);
    const guesses = Array.from({ length: 2000 }, (_, guess) => `guess-${guess}`);
    const found = await store.clients.findKeys(['eeee', ...guesses, 'aaaa', "'"]);
    expect(found.map(({ key }) => key.prefix).sort()).toEqual(['aaaa', 'eeee']);
    expect(found.map(({ client }) => client.rate).sort()).toEqual([7, null]);
    expect(await store.clients.findKeys([])).toEqual([]);
  });

  it('refuses a name that is taken, and its key with it', async () => {
    const { store } = current();
    await store.clients.create(clientOf('pos'), keyOf('pos', 'aaaa'), DEED);
    expect(await store.clients.create(clientOf('pos', { operator: true }), keyOf('pos', 'bbbb'), DEED)).toBe(false);
    expect(await store.clients.findKeys(['bbbb'])).toEqual([]);
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
    await store.clients.rotate(keyOf('pos', 'bbbb', { expiresAt: 4000 }), 3000, DEED);
    expect(await store.clients.rotate(keyOf('pos', 'cccc', { createdAt: 3500 }), 9000, DEED)).toBe(true);
    expect(await endsOf(['aaaa', 'bbbb', 'cccc', 'eeee'])).toEqual([3000, 4000, null, null]);
  });

  it.each([
    ['later', 2000, 2500],
    ['in the same millisecond', 1000, 1000],
    ['after the clock was set back', 900, 800],
  ])('lets two keys work at a time: a third one, made %s, ends the oldest', async (_when, second, third) => {
    const { store } = current();
    await store.clients.create(clientOf('pos'), keyOf('pos', 'cccc'), DEED);
    await store.clients.create(clientOf('erp'), keyOf('erp', 'eeee'), DEED);
    await store.clients.rotate(keyOf('pos', 'aaaa', { createdAt: second }), 9000, DEED);
    await store.clients.rotate(keyOf('pos', 'bbbb', { createdAt: third }), 9500, DEED);
    expect(await endsOf(['cccc', 'aaaa', 'bbbb', 'eeee'])).toEqual([third, 9500, null, null]);
  });

  it('rotates no key of a client it does not know', async () => {
    const { store } = current();
    expect(await store.clients.rotate(keyOf('nobody', 'aaaa'), 3000, DEED)).toBe(false);
    expect(await store.clients.findKeys(['aaaa'])).toEqual([]);
  });

  it('revokes every key of one client, at once', async () => {
    const { store } = current();
    await store.clients.create(clientOf('pos'), keyOf('pos', 'aaaa'), DEED);
    await store.clients.create(clientOf('erp'), keyOf('erp', 'eeee'), DEED);
    await store.clients.rotate(keyOf('pos', 'bbbb'), 3000, DEED);
    expect(await store.clients.revoke('pos', 4000, DEED)).toBe(true);
    expect(await store.clients.revoke('nobody', 4000, DEED)).toBe(false);
    expect(await endsOf(['aaaa', 'bbbb', 'eeee'])).toEqual([3000, 4000, null]);
  });

  it('holds one client to a rate, and to none again', async () => {
    const { store } = current();
    await store.clients.create(clientOf('pos'), keyOf('pos', 'aaaa'), DEED);
    await store.clients.create(clientOf('erp', { rate: 3 }), keyOf('erp', 'eeee'), DEED);
    expect(await store.clients.limit('pos', 50, { ...DEED, action: 'client.limit' })).toBe(true);
    expect(await store.clients.limit('nobody', 50, { ...DEED, action: 'client.limit' })).toBe(false);
    expect((await store.clients.list()).map(({ client }) => client.rate)).toEqual([3, 50]);
    await store.clients.limit('erp', null, { ...DEED, action: 'client.limit' });
    expect((await store.clients.list()).map(({ client }) => client.rate)).toEqual([null, 50]);
    expect((await store.audit.list({ before: null, limit: 9 })).map(({ action }) => action)).toEqual([
      'client.limit',
      'client.limit',
      'client.create',
      'client.create',
    ]);
  });

  it('takes no rate that lets nothing through', async () => {
    const { store } = current();
    const create = store.clients.create(clientOf('pos', { rate: 0 }), keyOf('pos', 'aaaa'), DEED);
    await expect(create).rejects.toMatchObject({ code: 'storage-not-stored' });
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

  async function endsOf(prefixes: readonly string[]): Promise<readonly (number | null | undefined)[]> {
    const found = await current().store.clients.findKeys(prefixes);
    return prefixes.map((prefix) => found.find(({ key }) => key.prefix === prefix)?.key.expiresAt);
  }

  function clientOf(name: string, facts: Partial<ClientRecord> = {}): ClientRecord {
    return { name, publish: ['CustomerPurchase'], operator: false, rate: null, createdAt: 1000, ...facts };
  }

  function keyOf(client: string, prefix: string, facts: Partial<ApiKeyRecord> = {}): ApiKeyRecord {
    return { prefix, client, hash: `hash of ${prefix}`, createdAt: 1000, expiresAt: null, ...facts };
  }
}
