import { beforeEach, describe, expect, it } from '@jest/globals';
import { generateApiKey } from '../../src/access/api-key.js';
import { Authenticator } from '../../src/access/authenticator.js';
import { StorageError } from '../../src/outbox/storage.error.js';
import { ManualClock } from '../support/manual-clock.js';
import { ScriptedClientStore } from './support/scripted-client-store.js';

let clock: ManualClock;
let store: ScriptedClientStore;
let authenticator: Authenticator;
beforeEach(() => {
  clock = new ManualClock();
  store = new ScriptedClientStore();
  authenticator = new Authenticator(store, clock, { oidc: null, clientRate: null });
});

function passTime(ms: number): void {
  clock.set(clock.now() + ms);
}

describe('the authenticator', () => {
  it('tells whose key it is, with roles and event types', async () => {
    const all = store.give('all', { publish: ['*'], operator: true });
    const erp = store.give('erp', { publish: ['VendorPaymentPosted'] });
    const idle = store.give('idle', {});
    expect(await authenticator.authenticate(all)).toEqual({
      client: 'all',
      roles: ['publisher', 'operator'],
      publish: ['*'],
      rate: null,
    });
    expect(await authenticator.authenticate(erp)).toMatchObject({ client: 'erp', roles: ['publisher'] });
    expect(await authenticator.authenticate(idle)).toMatchObject({ client: 'idle', roles: [] });
  });

  it('refuses a key with a known prefix and another secret', async () => {
    const key = store.give('till', {});
    const forged = store.forge(key);
    expect(await authenticator.authenticate(forged)).toBeNull();
    expect(await authenticator.authenticate(key)).not.toBeNull();
  });

  it('asks nobody about a text that is no key', () => {
    expect(authenticator.authenticate('beg_nonsense')).toBeNull();
    expect(store.lookups).toBe(0);
  });

  it('answers a known key from memory, at once', async () => {
    const key = store.give('till', {});
    await authenticator.authenticate(key);
    expect(authenticator.authenticate(key)).toMatchObject({ client: 'till' });
    expect(store.lookups).toBe(1);
  });

  it('asks once for all who wait', async () => {
    const key = store.give('till', {});
    const found = await Promise.all(Array.from({ length: 50 }, () => authenticator.authenticate(key)));
    expect(found.every((principal) => principal?.client === 'till')).toBe(true);
    expect(store.lookups).toBe(1);
  });

  it('asks again in the background after a second, so that nobody waits', async () => {
    const key = store.give('till', {});
    await authenticator.authenticate(key);
    passTime(1_000);
    expect(authenticator.authenticate(key)).toMatchObject({ client: 'till' });
    expect(authenticator.authenticate(key)).toMatchObject({ client: 'till' });
    await store.answered();
    expect(store.lookups).toBe(2);
  });

  it('refuses a revoked key two seconds later at the latest', async () => {
    const key = store.give('till', {});
    await authenticator.authenticate(key);
    store.end('till', clock.now());
    passTime(2_000);
    expect(await authenticator.authenticate(key)).toBeNull();
  });

  it('refuses a revoked key though the clock was set back', async () => {
    const key = store.give('till', {});
    await authenticator.authenticate(key);
    passTime(-3_600_000);
    store.end('till', clock.now());
    passTime(1);
    expect(await authenticator.authenticate(key)).toBeNull();
  });

  it('refuses a revoked key as soon as the background knows', async () => {
    const key = store.give('till', {});
    await authenticator.authenticate(key);
    store.end('till', clock.now());
    passTime(1_000);
    authenticator.authenticate(key);
    await store.answered();
    expect(authenticator.authenticate(key)).toBeNull();
  });

  it('lets a key end at its very millisecond, without asking', async () => {
    const key = store.give('till', {});
    store.end('till', clock.now() + 500);
    expect(await authenticator.authenticate(key)).not.toBeNull();
    passTime(499);
    expect(authenticator.authenticate(key)).not.toBeNull();
    passTime(1);
    expect(authenticator.authenticate(key)).toBeNull();
    expect(store.lookups).toBe(1);
  });

  it('remembers for a while that nobody has a prefix', async () => {
    const { text } = generateApiKey();
    expect(await authenticator.authenticate(text)).toBeNull();
    expect(authenticator.authenticate(text)).toBeNull();
    expect(store.lookups).toBe(1);
  });

  it('knows a new key at once, whatever was asked before', async () => {
    await authenticator.authenticate(generateApiKey().text);
    expect(await authenticator.authenticate(store.give('new', {}))).toMatchObject({ client: 'new' });
  });

  it('lets guesses push out guesses, not keys in use', async () => {
    const key = store.give('till', {});
    for (let round = 0; round < 3; round++) {
      passTime(1_000);
      await authenticator.authenticate(key);
      await store.answered();
      for (let guess = 0; guess < 4_000; guess++) await authenticator.authenticate(generateApiKey().text);
    }
    const lookups = store.lookups;
    expect(authenticator.authenticate(key)).toMatchObject({ client: 'till' });
    expect(store.lookups).toBe(lookups);
  });

  it('fails with the store once what it knows is stale, and recovers with it', async () => {
    const key = store.give('till', {});
    await authenticator.authenticate(key);
    store.failure = new StorageError('storage-not-stored', 'busy');
    passTime(1_000);
    expect(authenticator.authenticate(key)).toMatchObject({ client: 'till' });
    await store.answered();
    passTime(1_000);
    await expect(authenticator.authenticate(key)).rejects.toThrow('busy');
    store.failure = null;
    expect(await authenticator.authenticate(key)).toMatchObject({ client: 'till' });
  });
});
