import { chmod, mkdir, readFile, rm, stat, statfs, symlink, truncate, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store, StoreRole } from '../../src/outbox/store.js';
import { accept } from './support/events.js';
import { temporaryFolder } from './support/temporary-folder.js';

describe('opening a database file', () => {
  let folder: string;
  let stores: Store[] = [];
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
    await rm(folder, { recursive: true });
  });

  it.each(['owner', 'guest'] as const)('creates file and folders for an %s, for this user alone', async (role) => {
    await open(`${folder}/a/b/gateway.db`, role);
    expect(await modes('a', 'a/b', 'a/b/gateway.db')).toEqual(['700', '700', '600']);
    expect(await modes('a/b/gateway.db-wal', 'a/b/gateway.db-shm')).toEqual(['600', '600']);
  });

  it('leaves nothing but the database behind, and the file that says whose it is', async () => {
    const store = await open(`${folder}/gateway.db`);
    await accept(store, {});
    await store.close();
    await expect(stat(`${folder}/gateway.db-wal`)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await stat(`${folder}/gateway.db-owner`)).size).toBe(0);
  });

  it('tells how much room there is beside it, and nothing of one in memory', async () => {
    const store = await open(`${folder}/gateway.db`);
    const { bavail, bsize } = await statfs(folder);
    const free = (await store.freeBytes()) ?? 0;
    expect(Math.abs(free - bavail * bsize)).toBeLessThan(bavail * bsize * 0.2);
    const inMemory = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock: new SystemClock() });
    expect(await inMemory.freeBytes()).toBeNull();
    await inMemory.close();
  });

  it('finds a relative path from the working folder', async () => {
    await open(`./${relative(process.cwd(), folder)}/gateway.db`);
    expect(await modes('gateway.db')).toEqual(['600']);
  });

  it('finds everything again that was stored before', async () => {
    const first = await open(`${folder}/gateway.db`);
    const [id = ''] = await accept(first, {});
    await first.close();
    const second = await open(`${folder}/gateway.db`);
    expect(await second.outbox.find(id)).toMatchObject({ id, status: 'pending' });
    expect((await second.outbox.measure()).counts).toHaveLength(1);
  });

  it('takes an empty file, as it was left by a start that was cut off', async () => {
    await writeFile(`${folder}/gateway.db`, '');
    await accept(await open(`${folder}/gateway.db`), {});
  });

  describe('is refused, with a word on what to do,', () => {
    it('where the path ends at a folder', async () => {
      await mkdir(`${folder}/gateway.db`);
      await expectRefused(`${folder}/gateway.db`, 'name a file in a folder');
    });

    it('where the path leads through a file', async () => {
      await writeFile(`${folder}/file`, '');
      await expectRefused(`${folder}/file/gateway.db`, 'name a file in a folder');
    });

    it.each(['/proc/gateway/gateway.db', '/sys/gateway/gateway.db'])('where nobody may write: %s', async (file) => {
      await expectRefused(file, 'let this user write the file and its folder');
    });

    it('where the file is no database, which stays as it is', async () => {
      await writeFile(`${folder}/gateway.db`, 'Dear diary, '.repeat(1000));
      await expectRefused(`${folder}/gateway.db`, 'it is not a database');
      expect(await readFile(`${folder}/gateway.db`, 'utf8')).toBe('Dear diary, '.repeat(1000));
      await expect(stat(`${folder}/gateway.db-owner`)).rejects.toMatchObject({ code: 'ENOENT' });
    });

    it('where the file is the database of another program, which stays as it is', async () => {
      withDatabase((database) => database.exec('CREATE TABLE song (title TEXT)'));
      const before = await readFile(`${folder}/gateway.db`);
      await expectRefused(`${folder}/gateway.db`, 'the database of another program');
      expect(await readFile(`${folder}/gateway.db`)).toEqual(before);
    });

    it('where the file is damaged', async () => {
      await (await open(`${folder}/gateway.db`)).close();
      await truncate(`${folder}/gateway.db`, 4096 + 512);
      await expectRefused(`${folder}/gateway.db`, 'it is damaged: restore it from a backup');
    });

    it.each(['owner', 'guest'] as const)('where a newer program made the schema, to an %s', async (role) => {
      await (await open(`${folder}/gateway.db`)).close();
      withDatabase((database) => database.exec('PRAGMA user_version = 41'));
      const refusal = await expectRefused(`${folder}/gateway.db`, 'run the newer version of the gateway', role);
      expect(refusal).toMatch(/schema version 41.*up to \d+/);
      withDatabase((database) => expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 41 }));
    });

    it('where the file may not be written', async () => {
      await (await open(`${folder}/gateway.db`)).close();
      await chmod(`${folder}/gateway.db`, 0o400);
      if (process.getuid?.() === 0) return; // root may write whatever it likes
      await expectRefused(`${folder}/gateway.db`, 'let this user write the file and its folder');
    });
  });

  it('sees through a symbolic link that a file has an owner', async () => {
    await open(`${folder}/gateway.db`);
    await symlink(`${folder}/gateway.db`, `${folder}/link.db`);
    await expectRefused(`${folder}/link.db`, 'belongs to a gateway that is running');
  });

  async function open(file: string, role: StoreRole = 'owner'): Promise<Store> {
    const store = await openStore({ databaseUrl: `sqlite:${file}`, role, clock: new SystemClock() });
    stores.push(store);
    return store;
  }

  async function expectRefused(file: string, advice: string, role: StoreRole = 'owner'): Promise<string> {
    const refusal = await open(file, role).catch((error) => error);
    const code = advice.includes('is running') ? 'store-in-use' : 'store-unusable';
    expect(refusal).toMatchObject({ name: 'StoreUnusableError', code });
    expect(refusal.message).toContain(advice);
    expect(refusal.message).toContain(file);
    return refusal.message;
  }

  async function modes(...files: readonly string[]): Promise<readonly string[]> {
    const stats = await Promise.all(files.map((file) => stat(`${folder}/${file}`)));
    return stats.map(({ mode }) => (mode & 0o777).toString(8));
  }

  function withDatabase(work: (database: DatabaseSync) => void): void {
    const database = new DatabaseSync(`${folder}/gateway.db`);
    work(database);
    database.close();
  }
});
