import { expect, it } from '@jest/globals';
import { ARCHIVE_TABLES, type ArchiveRow, type ArchiveTable } from '../../../src/outbox/archive.js';
import type { Store } from '../../../src/outbox/store.js';
import { accept, attemptOf, claim, claimOne, newEvent, retryIn, settlementOf } from '../support/events.js';
import { factsOf } from '../support/gates.js';
import { ANN, blocking, cancelled, dead, delivered } from '../support/lives.js';
import { receiptOf } from '../support/receipts.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about a whole store, read and written row by row. */
export function archive(current: CurrentFixture): void {
  it('is empty until something is stored', async () => {
    const { store } = current();
    expect(await store.archive.isEmpty()).toBe(true);
    await accept(store, {});
    expect(await store.archive.isEmpty()).toBe(false);
  });

  it('is not empty where only a line of the audit is', async () => {
    const { store } = current();
    await store.audit.record({ by: 'ann', action: 'store.copy', subject: 'x', detail: null });
    expect(await store.archive.isEmpty()).toBe(false);
  });

  it('reads every row once, whatever the size of the pages', async () => {
    const { store } = current();
    await fill(store);
    for (const table of ARCHIVE_TABLES) {
      const rows = await rowsOf(store, table, 1000);
      expect(rows.length).toBeGreaterThan(0);
      expect(await rowsOf(store, table, 1)).toEqual(rows);
      expect(await rowsOf(store, table, rows.length)).toEqual(rows);
    }
  });

  it('reads events in the order of acceptance', async () => {
    const { store } = current();
    const ids = await fill(store);
    expect((await rowsOf(store, 'event', 2)).map(({ id }) => id)).toEqual(ids);
  });

  it('refuses a page of which one row is wrong as a whole', async () => {
    const { store } = current();
    const row = { name: 'pos', publish: '["*"]', operator: 0, created_at: 1 };
    const write = store.archive.write('client', [row, { ...row, name: 'erp', password: 'x' }]);
    await expect(write).rejects.toMatchObject({ code: 'storage-not-stored' });
    expect(await store.archive.isEmpty()).toBe(true);
  });

  /** Something in every table, and an event in every state. */
  async function fill(store: Store): Promise<readonly string[]> {
    const created = { by: 'ann', action: 'client.create', subject: 'pos', detail: null } as const;
    const client = { name: 'pos', publish: ['*'], operator: false, rate: 50, createdAt: 1 };
    const key = { prefix: 'aaaa', client: 'pos', hash: 'hash', createdAt: 1, expiresAt: null };
    await store.clients.create(client, key, created);
    await store.gates.save(factsOf('user:user-2'), null);
    const ids = [await delivered(store), await dead(store), await cancelled(store), await blocking(store, 'V-1')];
    await store.actions.erase(ids[0] ?? '', ANN);
    await store.receipts.confirm(ids.flatMap((id) => [receiptOf(id), receiptOf(id, { step: 'step-2' })]));
    ids.push(...(await accept(store, newEvent())));
    await store.outbox.settle([settlementOf(await claimOne(store), retryIn(0), attemptOf())]);
    await claim(store);
    ids.push(...(await accept(store, { orderingKey: 'V-1' }, {})));
    return ids;
  }

  async function rowsOf(store: Store, table: ArchiveTable, limit: number): Promise<readonly ArchiveRow[]> {
    const rows: ArchiveRow[] = [];
    let cursor: string | null = null;
    for (let page = 0; page === 0 || cursor !== null; page += 1) {
      const { rows: some, next } = await store.archive.read(table, cursor, limit);
      rows.push(...some);
      cursor = next;
    }
    return rows;
  }
}
