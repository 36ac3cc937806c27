import { readFile, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { ManualClock } from '../support/manual-clock.js';
import { ANN, delivered } from './support/lives.js';
import { temporaryFolder } from './support/temporary-folder.js';

describe('content that was erased', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['a small event', 1],
    ['one that fills pages of its own', 3000],
  ])('is not in the file any more, not even in its unused parts: %s', async (_, times) => {
    await working(async (store) => {
      const ids = await fill(store, times);
      for (const id of ids) await store.actions.erase(id, ANN);
    });
    expect(await contains('Erika Mustermann')).toBe(false);
  });

  it('is gone as well where it was cleared after its time', async () => {
    await working(async (store) => {
      await fill(store, 3000);
      await store.housekeeping.clearData({ endedBefore: Date.UTC(2100, 0, 1), limit: 100 });
    });
    expect(await contains('Erika Mustermann')).toBe(false);
  });

  it('was there before', async () => {
    await working((store) => fill(store, 1));
    expect(await contains('Erika Mustermann')).toBe(true);
  });

  async function fill(store: Store, times: number): Promise<readonly string[]> {
    const data = JSON.stringify({ name: 'Erika Mustermann '.repeat(times) });
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push(await delivered(store, { data }));
    return ids;
  }

  async function working(work: (store: Store) => Promise<unknown>): Promise<void> {
    const databaseUrl = `sqlite:${folder}/gateway.db`;
    const store = await openStore({ databaseUrl, role: 'owner', clock: new ManualClock() });
    await work(store).finally(() => store.close());
  }

  async function contains(text: string): Promise<boolean> {
    return (await readFile(`${folder}/gateway.db`)).includes(text);
  }
});
