import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { newEventId } from '../../src/kernel/ids.js';
import { openStore } from '../../src/outbox/open-store.js';
import { CliProcess } from './support/spawn-cli.js';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'gateway-guessed-')));
});
afterEach(() => rm(folder, { recursive: true }));

async function makeStore(file: string): Promise<string> {
  const path = join(folder, file);
  const store = await openStore({ databaseUrl: `sqlite:${path}`, role: 'owner', clock: new SystemClock() });
  await store.close();
  return path;
}

async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const command = new CliProcess(args, environment, folder);
  return { exitCode: await command.exitCode(), stdout: command.stdout, stderr: command.stderr };
}

describe('a command that DATABASE_URL tells no store', () => {
  it.each(['data/gateway.db', 'data/sandbox/gateway.db'])('says that it took %s', async (file) => {
    const path = await makeStore(file);
    const { exitCode, stdout, stderr } = await run(['gates', 'list', '--json']);
    expect({ exitCode, stdout: JSON.parse(stdout) }).toEqual({ exitCode: 0, stdout: { gates: [] } });
    expect(stderr).toBe(`DATABASE_URL is not set: the store is ${path}\n`);
  });

  it('says where the client is that it made', async () => {
    const { exitCode, stderr } = await run(['clients', 'create', 'till', '--publish', '*', '--json']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: `DATABASE_URL is not set: the store is ${join(folder, 'data', 'gateway.db')}\n`,
    });
  });

  it('says where the backup is from', async () => {
    const path = await makeStore('data/gateway.db');
    const { exitCode, stderr } = await run(['backup', 'copy.db', '--json']);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: `DATABASE_URL is not set: the store is ${path}\n`,
    });
  });
});

describe('an event that is not there', () => {
  it.each([['show'], ['cancel'], ['erase'], ['replay']])('is missed by %s in a store that has a name', async (deed) => {
    const path = await makeStore('gateway.db');
    const { exitCode, stderr } = await run(['events', deed, newEventId()], { DATABASE_URL: 'sqlite:./gateway.db' });
    expect({ exitCode, stderr }).toEqual({ exitCode: 4, stderr: `There is no such event in this store (${path}).\n` });
  });
});
