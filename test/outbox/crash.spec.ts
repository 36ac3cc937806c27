import { rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { type Child, startChild } from './support/child.js';
import { temporaryFolder } from './support/temporary-folder.js';

const CYCLES = 5;

describe('a gateway killed in the middle of its work', () => {
  let folder: string;
  let child: Child | null = null;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await child?.kill();
    await rm(folder, { recursive: true });
  });

  it('has lost nothing it vouched for, after any number of kills', async () => {
    const accepted: string[] = [];
    const delivered: string[] = [];
    const confirmed: string[] = [];
    for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
      child = startChild('busy-gateway.ts', [`sqlite:${folder}/gateway.db`]);
      await child.untilLines(150 * cycle);
      await child.kill();
      accepted.push(...idsOf(child, 'A'));
      delivered.push(...idsOf(child, 'D'));
      confirmed.push(...idsOf(child, 'C'));
      const store = await openStore({
        databaseUrl: `sqlite:${folder}/gateway.db`,
        role: 'owner',
        clock: new SystemClock(),
      });
      expect(await lacking(store, accepted, ['pending', 'delivering', 'delivered'])).toEqual([]);
      expect(await lacking(store, delivered, ['delivered'])).toEqual([]);
      expect(await unconfirmed(store, confirmed)).toEqual([]);
      await expectLostLeasesFound(store);
      await store.close();
      expectWhole(`${folder}/gateway.db`);
    }
    expect(accepted.length).toBeGreaterThan(100 * CYCLES);
    expect(delivered.length).toBeGreaterThan(0);
    expect(confirmed.length).toBeGreaterThan(0);
  });

  function idsOf({ lines }: Child, kind: 'A' | 'D' | 'C'): string[] {
    return lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(2));
  }

  async function lacking(
    store: Store,
    ids: readonly string[],
    statuses: readonly string[],
  ): Promise<readonly string[]> {
    const events = await Promise.all(ids.map((id) => store.outbox.find(id)));
    return ids.filter((_, index) => !statuses.includes(events[index]?.status ?? 'absent'));
  }

  /** Those without their instant, or without the one receipt it comes from. */
  async function unconfirmed(store: Store, ids: readonly string[]): Promise<readonly string[]> {
    const events = await Promise.all(ids.map((id) => store.outbox.find(id)));
    const receipts = await Promise.all(ids.map((id) => store.receipts.listReceipts(id)));
    return ids.filter((_, index) => (events[index]?.confirmedAt ?? null) === null || receipts[index]?.length !== 1);
  }

  /** Every lease is the dead process's, and is lost at once, long before its time. */
  async function expectLostLeasesFound(store: Store): Promise<void> {
    const { counts } = await store.outbox.measure();
    const delivering = counts
      .filter(({ status }) => status === 'delivering')
      .reduce((sum, { count }) => sum + count, 0);
    expect(await store.outbox.findLostLeases('new owner', 10_000)).toHaveLength(delivering);
  }

  /** The tallies are those of the rows, every key has one event at its head, the file is sound. */
  function expectWhole(file: string): void {
    const database = new DatabaseSync(file, { readOnly: true });
    const counted = database.prepare('SELECT type, status, count(*) AS count FROM event GROUP BY type, status').all();
    const tallied = database
      .prepare('SELECT type, status, count FROM tally WHERE count > 0 ORDER BY type, status')
      .all();
    const headless = database.prepare(
      `SELECT ordering_key FROM event WHERE ordering_key IS NOT NULL AND status IN ('pending', 'delivering')
       GROUP BY client, type, ordering_key HAVING sum(place = 'first') <> 1
         OR min(sequence) <> min(iif(place = 'first', sequence, NULL))`,
    );
    expect(tallied).toEqual(counted);
    expect(headless.all()).toEqual([]);
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  }
});
