import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { backupStore } from '../../src/outbox/backup-store.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { type Child, startChild } from './support/child.js';
import { accept, claim } from './support/events.js';
import { temporaryFolder } from './support/temporary-folder.js';

describe('a backup', () => {
  let folder: string;
  let databaseUrl: string;
  let child: Child | null = null;
  beforeEach(async () => {
    folder = await temporaryFolder();
    databaseUrl = `sqlite:${folder}/gateway.db`;
    await mkdir(`${folder}/backups`);
  });
  afterEach(async () => {
    await child?.kill();
    child = null;
    await rm(folder, { recursive: true });
  });

  it('is one file, for this user alone, with everything that was stored', async () => {
    const ids = await working((store) => accept(store, {}, { orderingKey: 'V-1' }, {}));
    const bytes = await backupStore({ databaseUrl, target: `${folder}/backups/a.db` });
    expect(await readdir(`${folder}/backups`)).toEqual(['a.db']);
    expect(await stat(`${folder}/backups/a.db`)).toMatchObject({ size: bytes });
    expect(((await stat(`${folder}/backups/a.db`)).mode & 0o777).toString(8)).toBe('600');
    await working(async (store) => {
      for (const id of ids) expect(await store.outbox.find(id)).toMatchObject({ id, status: 'pending' });
    }, `sqlite:${folder}/backups/a.db`);
  });

  it('is one instant of a gateway that never rests, and sound', async () => {
    child = startChild('busy-gateway.ts', [databaseUrl]);
    await child.untilLines(2000);
    const before = child.lines.filter((line) => line.startsWith('A ')).map((line) => line.slice(2));
    await backupStore({ databaseUrl, target: `${folder}/backups/a.db` });
    await child.untilLines(child.lines.length + 20);
    const database = new DatabaseSync(`${folder}/backups/a.db`, { readOnly: true });
    const counted = database.prepare('SELECT type, status, count(*) AS count FROM event GROUP BY type, status').all();
    const tallied = database
      .prepare('SELECT type, status, count FROM tally WHERE count > 0 ORDER BY type, status')
      .all();
    const kept = new Set(
      database
        .prepare('SELECT id FROM event')
        .all()
        .map(({ id }) => id),
    );
    database.close();
    expect(tallied).toEqual(counted);
    expect(before.filter((id) => !kept.has(id))).toEqual([]);
  });

  it('tells how far it is', async () => {
    await working((store) => accept(store, ...Array.from({ length: 2000 }, () => ({ data: 'x'.repeat(6000) }))));
    const heard: number[] = [];
    const progress = ({ copiedBytes, totalBytes }: { copiedBytes: number; totalBytes: number }) => {
      heard.push(copiedBytes / totalBytes);
    };
    await backupStore({ databaseUrl, target: `${folder}/backups/a.db`, progress });
    expect(heard.length).toBeGreaterThan(0);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
  });

  it('replaces no file, and leaves none behind', async () => {
    await working((store) => accept(store, {}));
    await writeFile(`${folder}/backups/a.db`, 'precious');
    await expect(backupStore({ databaseUrl, target: `${folder}/backups/a.db` })).rejects.toMatchObject({
      code: 'backup-target-exists',
    });
    expect((await stat(`${folder}/backups/a.db`)).size).toBe(8);
    expect(await readdir(`${folder}/backups`)).toEqual(['a.db']);
  });

  it('lets one of two win that want the same name', async () => {
    await working((store) => accept(store, {}));
    const target = `${folder}/backups/a.db`;
    const results = await Promise.allSettled([1, 2].map(() => backupStore({ databaseUrl, target })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(`${folder}/backups`)).toEqual(['a.db']);
  });

  it.each([
    ['a folder that is not there', 'nowhere/a.db'],
    ['a store that is not there', 'backups/a.db'],
  ])('fails with %s, and leaves nothing behind', async (what, path) => {
    if (what.startsWith('a folder')) await working((store) => accept(store, {}));
    await expect(backupStore({ databaseUrl, target: `${folder}/${path}` })).rejects.toThrow();
    expect(await readdir(`${folder}/backups`)).toEqual([]);
  });

  it('refuses what is no gateway’s database', async () => {
    const other = new DatabaseSync(`${folder}/gateway.db`);
    other.exec('CREATE TABLE note (text TEXT)');
    other.close();
    await expect(backupStore({ databaseUrl, target: `${folder}/backups/a.db` })).rejects.toThrow('another program');
    expect(await readdir(`${folder}/backups`)).toEqual([]);
  });

  it.each(['postgres://role@host/database', 'sqlite::memory:'])('is none of %s', async (url) => {
    await expect(backupStore({ databaseUrl: url, target: `${folder}/backups/a.db` })).rejects.toMatchObject({
      code: 'backup-not-supported',
    });
  });

  it('that is restored makes the gateway send again what was delivered since', async () => {
    const [id = ''] = await working((store) => accept(store, {}));
    await backupStore({ databaseUrl, target: `${folder}/backups/a.db` });
    await working((store) => claim(store));
    const again = await working((store) => claim(store), `sqlite:${folder}/backups/a.db`);
    expect(again.map((event) => event.id)).toEqual([id]);
  });

  async function working<T>(work: (store: Store) => Promise<T>, url = databaseUrl): Promise<T> {
    const store = await openStore({ databaseUrl: url, role: 'owner', clock: new SystemClock() });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }
});
