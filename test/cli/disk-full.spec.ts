import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../src/cli/run-command-line.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { openStore } from '../../src/outbox/open-store.js';
import { StorageError } from '../../src/outbox/storage.error.js';
import type { Store } from '../../src/outbox/store.js';
import { canTrace, tracing } from '../outbox/support/strace.js';
import { CliProcess } from './support/spawn-cli.js';

/** Where strace is missing no disk can be made to look full. */
const itTraced = canTrace ? it : it.skip;

const RAW = /database or disk is full|disk I\/O error|ENOSPC|\n\s+at /;

describe('a command that meets a full disk', () => {
  let folder: string;
  let databaseUrl: string;
  /** A gateway holds it, so that what lies beside the file is there. */
  let store: Store;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gateway-full-'));
    databaseUrl = `sqlite:${join(folder, 'gateway.db')}`;
    store = await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** Nothing can be written, or nothing to the file of this name alone. */
  async function run(args: readonly string[], name?: string) {
    const paths = name === undefined ? [] : ['-P', join(folder, name)];
    const wrapper = [...tracing('/dev/null', 'pwrite64', 'pwrite64:error=ENOSPC'), ...paths];
    const command = new CliProcess(args, { DATABASE_URL: databaseUrl }, folder, wrapper);
    return { exitCode: await command.exitCode(), stdout: command.stdout, stderr: command.stderr };
  }

  itTraced.each([[['gates', 'list']], [['gates', 'pause', 'type:CustomerPurchase', '--reason', 'r']]])(
    'says so, and that it is to be repeated: %j',
    async (args) => {
      const { exitCode, stdout, stderr } = await run(args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toBe(
        `${join(folder, 'gateway.db')} cannot be used: the disk is full: make room, then repeat this command\n`,
      );
    },
  );

  itTraced('makes no backup there, and leaves no part of one', async () => {
    const { exitCode, stdout, stderr } = await run(['backup', 'copy.db']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toBe('The disk is full. Make room, then repeat this command.\n');
    expect(existsSync(join(folder, 'copy.db'))).toBe(false);
  });

  itTraced('makes a backup on another disk, and says that the audit does not know of it', async () => {
    const { exitCode, stdout, stderr } = await run(['backup', 'copy.db'], 'gateway.db-wal');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('copy.db holds the store') });
    expect(stderr).toMatch(
      /^The backup is whole, and not noted in the audit: .*gateway\.db cannot be used: the disk is full/,
    );
    const copy = await openStore({
      databaseUrl: `sqlite:${join(folder, 'copy.db')}`,
      role: 'owner',
      clock: new SystemClock(),
    });
    await copy.close();
  });
});

describe('what a command says of a full disk', () => {
  it.each([
    ['SQLite', Object.assign(new Error('database or disk is full'), { errcode: 13 }), 'The disk is full. Make room'],
    [
      'the store, whose write was rolled back',
      new StorageError('storage-not-stored', 'database or disk is full'),
      'Nothing was changed: the disk is full. Make room',
    ],
    [
      'PostgreSQL',
      new StorageError('storage-not-stored', 'could not extend file "base/1": No space left on device'),
      'Nothing was changed: the disk is full. Make room',
    ],
    [
      'the system',
      Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
      'The disk is full',
    ],
  ])('comes from %s, in words of its own', async (_what, error, expected) => {
    let stderr = '';
    const context = {
      stdout: { write: () => undefined },
      stderr: { write: (text: string) => (stderr += text) },
      environment: {},
      interruption: () => new AbortController().signal,
      ask: null,
    };
    const failing = () => Promise.reject(error);
    const exitCode = await runCommandLine([(program) => program.command('fail').action(failing)], ['fail'], context);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(expected);
    expect(stderr).toContain('then repeat this command.');
    expect(stderr).not.toMatch(RAW);
  });
});
