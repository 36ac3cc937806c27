import { rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ARCHIVE_TABLES, type ArchiveRow } from '../../src/outbox/archive.js';
import { type CopyProgress, copyStore } from '../../src/outbox/copy-store.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { ManualClock } from '../support/manual-clock.js';
import { accept, attemptOf, claim, claimOne, DELIVERED, retryIn, settlementOf } from './support/events.js';
import { factsOf } from './support/gates.js';
import { ANN, blocking, cancelled, dead, delivered } from './support/lives.js';
import { awaited, confirm, DELIVERED_AWAITED } from './support/receipts.js';
import { temporaryFolder } from './support/temporary-folder.js';

describe('copying a store', () => {
  const clock = new ManualClock();
  let folder: string;
  let from: Store;
  let to: Store;
  beforeEach(async () => {
    folder = await temporaryFolder();
    from = await openStore({ databaseUrl: `sqlite:${folder}/from.db`, role: 'owner', clock });
    to = await openStore({ databaseUrl: `sqlite:${folder}/to.db`, role: 'owner', clock });
  });
  afterEach(async () => {
    await Promise.all([from.close(), to.close()]);
    await rm(folder, { recursive: true });
  });

  it('brings over every row as it is, and tells how many', async () => {
    await fill(from);
    const report = await copyStore({ from, to });
    for (const table of ARCHIVE_TABLES) {
      const rows = await rowsOf(from, table);
      expect(await rowsOf(to, table)).toEqual(rows);
      expect(report[table]).toBe(rows.length);
    }
    expect(await to.outbox.measure()).toEqual(await from.outbox.measure());
  });

  it('goes on where the source stopped: same places, same keys, later sequences', async () => {
    const { first, second } = await fill(from);
    await copyStore({ from, to });
    const [repeat] = await accept(to, { type: 'VendorPaymentPosted', key: 'the first' });
    expect(repeat).toBe(first);
    const [lost] = await to.outbox.findLostLeases('started anew', 9);
    if (lost === undefined) throw new Error('a lease was copied');
    await to.outbox.settle([settlementOf(lost, DELIVERED)]);
    await to.actions.replay(first, { ...ANN, force: false });
    const events = await claim(to, { wanted: [{ type: 'VendorPaymentPosted', limit: 9 }] });
    expect(events.map(({ id }) => id)).toEqual([first]);
    await to.outbox.settle(events.map((event) => settlementOf(event, DELIVERED)));
    expect((await claim(to, { wanted: [{ type: 'VendorPaymentPosted', limit: 9 }] })).map(({ id }) => id)).toEqual([
      second,
    ]);
    const [newest = ''] = await accept(to, {});
    expect((await to.outbox.list({ filter: {}, cursor: null, limit: 1 })).events).toMatchObject([{ id: newest }]);
  });

  it('takes several pages, and tells how far it is', async () => {
    await accept(from, ...Array.from({ length: 1201 }, () => ({})));
    const heard: CopyProgress[] = [];
    await copyStore({ from, to, progress: (progress) => heard.push(progress) });
    expect(heard.filter(({ table }) => table === 'event').map(({ copied }) => copied)).toEqual([500, 1000, 1201]);
  });

  it('refuses a target that holds anything, and leaves it as it is', async () => {
    await accept(from, {});
    await to.audit.record({ by: 'ann', action: 'store.backup', subject: 'x', detail: null });
    await expect(copyStore({ from, to })).rejects.toMatchObject({ code: 'copy-target-not-empty' });
    expect(await rowsOf(to, 'event')).toEqual([]);
  });

  it('notices a source that changes meanwhile', async () => {
    await accept(from, ...Array.from({ length: 600 }, () => ({})));
    let late: Promise<unknown> = Promise.resolve();
    const progress = ({ table }: CopyProgress) => {
      if (table === 'audit') late = accept(from, {});
    };
    await expect(copyStore({ from, to, progress })).rejects.toMatchObject({ code: 'copy-incomplete' });
    await late;
  });

  it('notices rows that did not arrive', async () => {
    await accept(from, {}, {});
    const progress = ({ table }: CopyProgress) => {
      if (table !== 'audit') return;
      const thief = new DatabaseSync(`${folder}/to.db`);
      thief.exec('DELETE FROM event WHERE sequence = 1');
      thief.close();
    };
    await expect(copyStore({ from, to, progress })).rejects.toThrow(
      '2 rows of the table event were copied, and 1 are there',
    );
  });

  it('notices rows that arrived as others', async () => {
    await accept(from, {}, {});
    const progress = ({ table }: CopyProgress) => {
      if (table !== 'audit') return;
      const forger = new DatabaseSync(`${folder}/to.db`);
      forger.exec(`UPDATE event SET data = '{"a":1}' WHERE sequence = 1`);
      forger.close();
    };
    await expect(copyStore({ from, to, progress })).rejects.toThrow(
      'the table event does not hold what was read from the source',
    );
  });

  it('ends between two pages when it is asked to', async () => {
    await accept(from, ...Array.from({ length: 1201 }, () => ({})));
    const asked = new AbortController();
    const progress = ({ copied }: CopyProgress) => {
      if (copied === 500) asked.abort(new Error('no more'));
    };
    await expect(copyStore({ from, to, progress, signal: asked.signal })).rejects.toThrow('no more');
    expect(await rowsOf(to, 'event')).toHaveLength(500);
  });

  it('copies an empty store', async () => {
    const nothing = { client: 0, api_key: 0, gate: 0, event: 0, attempt: 0, receipt: 0, audit: 0 };
    expect(await copyStore({ from, to })).toEqual(nothing);
  });

  /** Something in every table, and an event in every state; `first` blocks the key that `second` waits for. */
  async function fill(store: Store): Promise<{ readonly first: string; readonly second: string }> {
    const created = { by: 'ann', action: 'client.create', subject: 'pos', detail: null } as const;
    const key = { prefix: 'aaaa', client: 'pos', hash: 'hash', rate: null, createdAt: 1, expiresAt: null };
    await store.clients.create(
      { name: 'pos', publish: ['*'], operator: false, rate: null, createdAt: 1 },
      key,
      created,
    );
    await store.gates.save({ ...factsOf('user:user-2'), probe: { owner: 'o', until: 5 } }, null);
    const payment = { type: 'VendorPaymentPosted' };
    const first = await blocking(store, 'V-1', { ...payment, key: 'the first' });
    await confirm(store, await delivered(store), { operationAt: 5, requestId: 'r', stripped: true });
    await awaited(store);
    await lateOne(store);
    await cancelled(store);
    await store.actions.erase(await dead(store), ANN);
    await accept(store, { traceparent: '00-1-1-01' });
    await store.outbox.settle([settlementOf(await claimOne(store), retryIn(0), attemptOf({ httpStatus: null }))]);
    await claim(store);
    const [second = ''] = await accept(store, { ...payment, orderingKey: 'V-1' }, {});
    return { first, second };
  }

  /** Its time to be confirmed has passed, while the time of another has not. */
  async function lateOne(store: Store): Promise<void> {
    await accept(store, {});
    const settlement = { ...DELIVERED_AWAITED, confirmWithinMs: 0 };
    await store.outbox.settle([settlementOf(await claimOne(store), settlement)]);
    await store.receipts.markOverdue(9);
  }

  async function rowsOf(store: Store, table: (typeof ARCHIVE_TABLES)[number]): Promise<readonly ArchiveRow[]> {
    return (await store.archive.read(table, null, 10_000)).rows;
  }
});
