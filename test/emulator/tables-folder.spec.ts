import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Emulator } from '../../src/emulator/emulator.js';
import { PURCHASE } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';
import { apiBody, catalogBody, created, HOW, rowOf, webhookBody } from './support/seeded-tables.js';
import { documentOf, rowsOf, write } from './support/tables.js';

const HOOKS = new URL('../support/typescript-hooks.mjs', import.meta.url).href;
const WRITER = fileURLToPath(new URL('support/busy-tables.ts', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tables-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('tables in a folder', () => {
  it('are after a restart what they were, and go on from there', async () => {
    const first = await runningEmulator({ folder });
    const id = created(first.emulator.tables, 'customapi', apiBody());
    const before = first.emulator.tables.definitions.map(({ logicalName }) => first.emulator.tables.rows(logicalName));
    await first.emulator.stop();
    const { emulator } = await runningEmulator({ folder });
    const { tables } = emulator;
    expect(tables.restored).toBe(true);
    expect(tables.definitions.map(({ logicalName }) => tables.rows(logicalName))).toEqual(before);
    const catalog = created(tables, 'catalog', catalogBody());
    expect(Number(tables.find('catalog', catalog)?.versionnumber)).toBeGreaterThan(
      Number(tables.find('customapi', id)?.versionnumber),
    );
  });

  it('keep a custom API that the options name as it is, steps and all', async () => {
    const first = await runningEmulator({ folder });
    const { customapiid } = rowOf(first.emulator.tables, 'customapi', { uniquename: PURCHASE.uniqueName });
    await first.emulator.stop();
    const { emulator } = await runningEmulator({ folder });
    expect(rowOf(emulator.tables, 'customapi', {}).customapiid).toBe(customapiid);
  });

  it('do not come back to what was deleted, and survive a reset', async () => {
    const first = await runningEmulator({ folder, customApis: [] });
    const id = created(first.emulator.tables, 'customapi', apiBody());
    const kept = created(first.emulator.tables, 'catalog', catalogBody());
    first.emulator.tables.delete(['customapi', id], HOW);
    first.emulator.reset();
    await first.emulator.stop();
    const { emulator } = await runningEmulator({ folder, customApis: [] });
    expect(emulator.tables.rows('customapi')).toEqual([]);
    expect(emulator.tables.find('catalog', kept)).not.toBeNull();
  });

  it('leave no trace of what was refused', async () => {
    const { emulator } = await runningEmulator({ folder });
    const before = await readFile(join(folder, 'tables.json'), 'utf8');
    expect(emulator.tables.create('customapi', apiBody({ type: 1 }), HOW).kind).toBe('refused');
    expect(await readFile(join(folder, 'tables.json'), 'utf8')).toBe(before);
  });

  it('are written before the write is answered, for nobody’s eyes but their owner’s', async () => {
    const { emulator } = await runningEmulator({ folder });
    created(emulator.tables, 'serviceendpoint', webhookBody({ authvalue: 'S3CRET' }));
    expect(await readFile(join(folder, 'tables.json'), 'utf8')).toContain('S3CRET');
    expect((await stat(join(folder, 'tables.json'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter((name) => name.endsWith('.next'))).toEqual([]);
  });

  it('overlook what a kill cut short', async () => {
    await (await runningEmulator({ folder })).emulator.stop();
    await writeFile(join(folder, 'tables.json.next'), '{"version":1,"tabl');
    const { emulator } = await runningEmulator({ folder });
    expect(emulator.customApis).toEqual([PURCHASE]);
  });

  it.each([
    '',
    '{"version":1',
    '{"version":99,"tables":{}}',
    '7',
    'null',
    '{"version":1}',
    '{"version":1,"tables":{"publisher":[{"uniquename":"x"}]}}',
  ])('that hold %j instead of rows stop the start, and say what to do', async (text) => {
    await writeFile(join(folder, 'tables.json'), text);
    await expect(Emulator.start({ folder })).rejects.toThrow(
      /tables\.json does not hold the tables .* Delete it to start/,
    );
    expect(await readFile(join(folder, 'tables.json'), 'utf8')).toBe(text);
  });
});

describe('a folder', () => {
  it('holds one emulator at a time, and is free as soon as that ends', async () => {
    const { emulator } = await runningEmulator({ folder });
    await expect(Emulator.start({ folder })).rejects.toThrow(`Another emulator runs in ${folder}`);
    await expect(Emulator.start({ folder })).rejects.toThrow('Another emulator');
    await emulator.stop();
    expect((await runningEmulator({ folder })).emulator.tables.restored).toBe(true);
  });

  it('is free again where its emulator could not start', async () => {
    const { emulator } = await runningEmulator();
    const port = Number(new URL(emulator.url).port);
    await expect(Emulator.start({ folder, port })).rejects.toThrow('EADDRINUSE');
    await writeFile(join(folder, 'tables.json'), '7');
    await expect(Emulator.start({ folder })).rejects.toThrow('Delete it');
    await rm(join(folder, 'tables.json'));
    await runningEmulator({ folder });
  });

  it('is not taken for a publisher prefix that its organization does not have', async () => {
    await (await runningEmulator({ folder, publisherPrefix: 'acme' })).emulator.stop();
    await expect(Emulator.start({ folder, publisherPrefix: 'other' })).rejects.toThrow(
      /tables\.json holds .* prefix 'acme', not 'other'\. Ask for 'acme' \(DATAVERSE/,
    );
    await (await runningEmulator({ folder, publisherPrefix: 'acme' })).emulator.stop();
    await runningEmulator({ folder });
  });

  it('of an older version has null where a column is new', async () => {
    await (await runningEmulator({ folder })).emulator.stop();
    const path = join(folder, 'tables.json');
    const stored = await readFile(path, 'utf8');
    await writeFile(path, stored.replaceAll(/"executeprivilegename":null,/g, ''));
    const { client, emulator } = await runningEmulator({ folder });
    expect(rowOf(emulator.tables, 'customapi', {}).executeprivilegename).toBeNull();
    expect(
      (await write(client, 'PATCH', `customapis(uniquename='${PURCHASE.uniqueName}')`, { name: 'x' })).status,
    ).toBe(204);
  });

  it('that cannot be written keeps the tables as they were, and says why', async () => {
    const { client } = await runningEmulator({ folder });
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const blocked = join(folder, 'tables.json.next');
    await mkdir(blocked);
    const body = { uniquename: 'acme', friendlyname: 'Acme', customizationprefix: 'acme' };
    const refused = await write(client, 'POST', 'publishers', body);
    const told = stderr.mock.calls.join('');
    stderr.mockRestore();
    expect(refused.status).toBe(500);
    expect(told).toMatch(/^POST \/api\/data\/v9\.2\/publishers failed: EISDIR.*tables\.json\.next/);
    expect(await rowsOf(client, "publishers?$filter=uniquename eq 'acme'")).toEqual([]);
    await rmdir(blocked);
    expect((await write(client, 'POST', 'publishers', body)).status).toBe(204);
    expect(await documentOf(client, "publishers(uniquename='acme')")).toMatchObject({ friendlyname: 'Acme' });
  });
});

describe('an emulator killed while it writes', () => {
  it('has whole rows, and every one that it vouched for', async () => {
    const vouched: string[] = [];
    for (let kill = 0; kill < 3; kill += 1) {
      vouched.push(...(await writeUntilKilled(60 + 25 * kill)));
      const { tables, ...rest } = JSON.parse(await readFile(join(folder, 'tables.json'), 'utf8'));
      expect(rest).toEqual({ version: 1 });
      const names = tables.publisher.map(({ uniquename }: { uniquename: string }) => uniquename);
      expect(names).toEqual(expect.arrayContaining(vouched));
    }
    const { emulator } = await runningEmulator({ folder });
    expect(emulator.tables.restored).toBe(true);
  });

  /** The unique names that a process vouched for until it was killed, `writes` lines later. */
  async function writeUntilKilled(writes: number): Promise<readonly string[]> {
    const child = spawn(process.execPath, ['--no-warnings', `--import=${HOOKS}`, WRITER, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.split('\n').length > writes) child.kill('SIGKILL');
    });
    await once(child, 'close');
    return output.split('\n').slice(0, -1);
  }
});
