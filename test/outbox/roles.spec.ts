import { rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store, StoreRole } from '../../src/outbox/store.js';
import { ManualClock } from '../support/manual-clock.js';
import { type Child, startChild } from './support/child.js';
import { accept, claim, claimOne, DELIVERED, LEASE_MS, newEvent, settlementOf } from './support/events.js';
import { temporaryFolder } from './support/temporary-folder.js';

describe('who works on a database file', () => {
  const clock = new ManualClock();
  let folder: string;
  let child: Child | null = null;
  let stores: Store[] = [];
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await child?.kill();
    child = null;
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
    await rm(folder, { recursive: true });
  });

  describe('owners', () => {
    it('are one at a time: a second one is refused, naming the file', async () => {
      await open('owner');
      await expect(open('owner')).rejects.toThrow(
        `${folder}/gateway.db belongs to a gateway that is running: stop that one first`,
      );
    });

    it('follow each other as soon as one has closed', async () => {
      await (await open('owner')).close();
      await accept(await open('owner'), {});
    });

    it('are refused beside another process, and follow it the moment it is killed', async () => {
      child = startChild('busy-gateway.ts', [`sqlite:${folder}/gateway.db`]);
      await child.untilLines(20);
      await expect(open('owner')).rejects.toThrow('belongs to a gateway that is running');
      await child.untilLines(child.lines.length + 20);
      await child.kill();
      await accept(await open('owner'), {});
    });

    it('one of many that start together wins', async () => {
      const starts = await Promise.allSettled(Array.from({ length: 6 }, () => open('owner')));
      expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    it('know that every lease of another is lost, long before its time', async () => {
      const first = await open('owner');
      await accept(first, {});
      const event = await claimOne(first, { owner: 'killed' });
      await first.close();
      expect(await (await open('owner')).outbox.findLostLeases('started anew', 10)).toEqual([event]);
    });
  });

  describe('guests', () => {
    it('see what the owner stored, and store what the owner sees', async () => {
      const [owner, guest] = [await open('owner'), await open('guest')];
      const [id = ''] = await accept(owner, {});
      expect(await guest.outbox.find(id)).toMatchObject({ status: 'pending' });
      const client = { name: 'pos', publish: ['*'], operator: false, rate: null, createdAt: 1 };
      const key = { prefix: 'aaaa', client: 'pos', hash: 'hash', createdAt: 1, expiresAt: null };
      expect(
        await guest.clients.create(client, key, { by: 'cli', action: 'client.create', subject: 'pos', detail: null }),
      ).toBe(true);
      expect(await owner.clients.findKeys(['aaaa'])).toEqual([{ client, key }]);
    });

    it('get their turn beside an owner that never rests', async () => {
      child = startChild('busy-gateway.ts', [`sqlite:${folder}/gateway.db`]);
      await child.untilLines(20);
      const guest = await open('guest');
      const events = Array.from({ length: 10 }, () => newEvent({ client: 'guest' }));
      for (const event of events) expect(await guest.outbox.append([event])).toMatchObject([{ kind: 'accepted' }]);
      await child.untilLines(child.lines.length + 20);
    });

    it('take no lease for lost before its time: its owner may be alive', async () => {
      const [owner, guest] = [await open('owner'), await open('guest')];
      await accept(owner, {});
      const event = await claimOne(owner);
      expect(await guest.outbox.findLostLeases('guest', 10)).toEqual([]);
      clock.set(event.leaseUntil - 1);
      expect(await guest.outbox.findLostLeases('guest', 10)).toEqual([]);
      clock.set(event.leaseUntil);
      expect(await guest.outbox.findLostLeases('guest', 10)).toEqual([event]);
    });

    it('make the schema of a new file, and leave the way free for an owner', async () => {
      const guest = await open('guest');
      const owner = await open('owner');
      await accept(guest, {});
      await owner.outbox.settle([settlementOf(await claimOne(owner), DELIVERED)]);
      expect(await claim(guest, { leaseMs: LEASE_MS })).toEqual([]);
    });

    it('come to their end by themselves where they forget to close', async () => {
      child = startChild('forgetful-command.ts', [`sqlite:${folder}/gateway.db`]);
      expect(await child.end()).toBe(0);
      const [id = ''] = child.lines;
      expect(await (await open('owner')).outbox.find(id)).toMatchObject({ id });
    });

    it('are refused where a running owner is older than they are', async () => {
      await open('owner');
      const database = new DatabaseSync(`${folder}/gateway.db`);
      database.exec('PRAGMA user_version = 0');
      database.close();
      await expect(open('guest')).rejects.toThrow('the gateway that runs on it is older');
    });
  });

  describe('somebody else who keeps the file locked', () => {
    it('makes an operation fail as not stored once patience ends, and the next one succeed', async () => {
      const store = await open('owner');
      const other = new DatabaseSync(`${folder}/gateway.db`);
      other.exec('BEGIN IMMEDIATE');
      const [event, read] = await Promise.allSettled([store.outbox.append([newEvent()]), store.outbox.measure()]);
      other.exec('ROLLBACK');
      other.close();
      expect(event).toMatchObject({ status: 'rejected', reason: { code: 'storage-not-stored' } });
      expect(read).toMatchObject({ status: 'fulfilled', value: { counts: [] } });
      await accept(store, {});
    });

    it('does not keep gauges from being read meanwhile', async () => {
      const store = await open('owner');
      const other = new DatabaseSync(`${folder}/gateway.db`);
      other.exec('BEGIN IMMEDIATE');
      expect(await store.outbox.measure()).toMatchObject({ counts: [], oldestPendingAt: null });
      expect(await store.outbox.find('an id')).toBeNull();
      expect(await store.gates.list()).toEqual([]);
      other.exec('ROLLBACK');
      other.close();
    });
  });

  async function open(role: StoreRole): Promise<Store> {
    const store = await openStore({ databaseUrl: `sqlite:${folder}/gateway.db`, role, clock });
    stores.push(store);
    return store;
  }
});
