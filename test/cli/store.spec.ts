import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { eventIn, eventsIn } from '../operations/admin/support/ended-events.js';
import { openStoreBeside, type StoreBeside } from './support/store-beside.js';

let beside: StoreBeside;
beforeEach(async () => {
  beside = await openStoreBeside();
});
afterEach(() => beside.remove());

function pathOf(name: string): string {
  return join(beside.folder, name);
}

async function inStore<T>(path: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ databaseUrl: `sqlite:${path}`, role: 'guest', clock: new SystemClock() });
  return work(store).finally(() => store.close());
}

describe('backup', () => {
  it('writes the store into one file beside a running gateway, ready to be opened', async () => {
    const id = await eventIn(beside.store, 'dead');
    const { exitCode, stdout, stderr } = await beside.run(['backup', pathOf('copy.db'), '--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ file: pathOf('copy.db'), bytes: expect.any(Number) });
    expect((await inStore(pathOf('copy.db'), ({ outbox }) => outbox.find(id)))?.status).toBe('dead');
  });

  it('does not overwrite', async () => {
    await writeFile(pathOf('copy.db'), 'precious');
    expect(await beside.run(['backup', pathOf('copy.db')])).toMatchObject({ exitCode: 3, stdout: '' });
    expect(await beside.store.audit.list({ before: null, limit: 1 })).toEqual([]);
  });

  it('ends with 1 where the folder is not there', async () => {
    expect(await beside.run(['backup', pathOf('none/copy.db')])).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: `There is no folder ${pathOf('none')}: make it, or name another one.\n`,
    });
  });
});

describe('store copy', () => {
  let source: string;
  let ids: readonly string[];

  /** Beside the store of the gateway there is another one, which no gateway works on. */
  beforeEach(async () => {
    source = pathOf('source.db');
    const store = await openStore({ databaseUrl: `sqlite:${source}`, role: 'owner', clock: new SystemClock() });
    ids = await eventsIn(store, 'dead', [{ key: 'a' }, { key: 'b' }]);
    await store.close();
  });

  it('brings everything into an empty store, and notes it there', async () => {
    const run = await beside.run(['store', 'copy', `sqlite:${source}`, `sqlite:${pathOf('target.db')}`, '--json']);
    expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({ event: 2 });
    await inStore(pathOf('target.db'), async ({ outbox, audit }) => {
      expect((await outbox.list({ filter: {}, cursor: null, limit: 9 })).events.map(({ id }) => id)).toEqual(
        ids.toReversed(),
      );
      expect(await audit.list({ before: null, limit: 1 })).toMatchObject([
        { action: 'store.copy', by: expect.stringMatching(/^cli:/), subject: `sqlite:${source}` },
      ]);
    });
  });

  it('takes an address from a file', async () => {
    await writeFile(pathOf('address'), `sqlite:${pathOf('target.db')}\n`);
    const { exitCode, stdout } = await beside.run(['store', 'copy', `sqlite:${source}`, `@${pathOf('address')}`]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^2 events, 0 attempts/) });
    expect(await beside.run(['store', 'copy', `sqlite:${source}`, '@/nowhere'])).toMatchObject({ exitCode: 2 });
  });

  it('refuses a source and a target that a gateway works on', async () => {
    const target = `sqlite:${pathOf('target.db')}`;
    const ofSource = await beside.run(['store', 'copy', beside.databaseUrl, target]);
    expect(ofSource).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('belongs to a gateway that is running'),
    });
    expect(existsSync(pathOf('target.db'))).toBe(false);
    const ofTarget = await beside.run(['store', 'copy', `sqlite:${source}`, beside.databaseUrl]);
    expect(ofTarget).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('belongs to a gateway that is running'),
    });
  });

  it('refuses a target that holds something', async () => {
    const target = `sqlite:${pathOf('target.db')}`;
    await beside.run(['store', 'copy', `sqlite:${source}`, target]);
    expect(await beside.run(['store', 'copy', `sqlite:${source}`, target])).toMatchObject({ exitCode: 3, stdout: '' });
    expect(await beside.run(['store', 'copy', `sqlite:${source}`, `sqlite:${source}`])).not.toMatchObject({
      exitCode: 0,
    });
  });

  it.each([
    ['a', 'sqlite:/b/c.db', '<from>'],
    ['sqlite:/b/c.db', 'b', '<to>'],
    ['mysql://a/b', 'sqlite:/b/c.db', '<from>'],
  ])('of %s to %s ends with 2 and names the argument', async (from, to, name) => {
    const stderr = expect.stringContaining(`${name} is no address of a store`);
    expect(await beside.run(['store', 'copy', from, to])).toMatchObject({ exitCode: 2, stdout: '', stderr });
  });

  it('of a store to itself ends with 2, however it is named', async () => {
    const other = `sqlite:${beside.folder}/../${basename(beside.folder)}/source.db`;
    const run = await beside.run(['store', 'copy', `sqlite:${source}`, other]);
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('are the same store') });
  });

  it('makes no source where there is none', async () => {
    const missing = `sqlite:${pathOf('missing.db')}`;
    const run = await beside.run(['store', 'copy', missing, `sqlite:${pathOf('target.db')}`]);
    expect(run).toMatchObject({ exitCode: 4, stderr: `There is no store at ${missing}.\n` });
    expect(existsSync(pathOf('missing.db'))).toBe(false);
  });

  it('interrupted says that the target is of no use', async () => {
    const run = await beside.run(['store', 'copy', `sqlite:${source}`, `sqlite:${pathOf('target.db')}`], {
      interruption: AbortSignal.abort(),
    });
    expect(run).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('The source is unchanged.') });
  });

  it('never shows a password', async () => {
    const target = 'postgres://gateway:s3cret@127.0.0.1:1/none';
    const run = await beside.run(['store', 'copy', `sqlite:${source}`, target]);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('A password on the command line');
    expect(`${run.stdout}${run.stderr}`).not.toContain('s3cret');
  });
});
