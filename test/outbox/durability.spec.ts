import { readFile, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/kernel/clock.js';
import { openStore } from '../../src/outbox/open-store.js';
import { openDatabase } from '../../src/outbox/sqlite/open-database.js';
import { type Child, startChild } from './support/child.js';
import { canTrace, tracing } from './support/strace.js';
import { temporaryFolder } from './support/temporary-folder.js';

/** Where strace is missing the settings are all that can be proved; what the disk is told then stays untested. */
const itTraced = canTrace ? it : it.skip;

describe('durability', () => {
  let folder: string;
  let child: Child | null = null;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await child?.kill();
    child = null;
    await rm(folder, { recursive: true });
  });

  it.each(['owner', 'guest'] as const)('has every commit of an %s wait for its fsync, by its settings', (role) => {
    const { session, close } = openDatabase({ file: `${folder}/gateway.db`, role });
    expect(session.row('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(session.row('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    close();
  });

  itTraced('fsyncs before it answers, once for each event that comes alone', async () => {
    const before = await fsyncsOf(0, 1);
    expect((await fsyncsOf(50, 1)) - before).toBeGreaterThanOrEqual(50);
  });

  itTraced('shares one fsync among events that come together', async () => {
    const before = await fsyncsOf(0, 1);
    const fsyncs = (await fsyncsOf(20, 64)) - before;
    expect(fsyncs).toBeGreaterThanOrEqual(20);
    expect(fsyncs).toBeLessThan((20 * 64) / 8);
  });

  itTraced('says unknown after a failed fsync, accepts nothing more, and loses nothing it vouched for', async () => {
    const failing = 'fdatasync,fsync:error=EIO:when=40+';
    const gateway = await runTraced(tracing(`${folder}/trace`, 'fdatasync,fsync', failing), [
      `${folder}/a.db`,
      '100',
      '4',
    ]);
    expect(gateway.exitCode).toBe(7);
    expect(gateway.said('U')).toBeGreaterThan(0);
    expect(gateway.said('N')).toBe(0);
    expect(gateway.accepted.length).toBeGreaterThan(0);
    await expectKept(`${folder}/a.db`, gateway.accepted);
  });

  itTraced('says not stored while the disk is full, and goes on when there is room again', async () => {
    const full = 'pwrite64:error=ENOSPC:when=300..340';
    const gateway = await runTraced(tracing('/dev/null', 'pwrite64', full), [`${folder}/a.db`, '200', '4']);
    expect(gateway.exitCode).toBe(0);
    expect(gateway.said('N')).toBeGreaterThan(0);
    expect(gateway.said('U')).toBe(0);
    expect(gateway.accepted).toHaveLength(800 - gateway.said('N'));
    await expectKept(`${folder}/a.db`, gateway.accepted);
  });

  /** How many fsyncs a whole run costs, opening and closing included. */
  async function fsyncsOf(rounds: number, concurrency: number): Promise<number> {
    const trace = `${folder}/trace-${rounds}`;
    const parameters = [`${folder}/${rounds}.db`, String(rounds), String(concurrency)];
    const { accepted } = await runTraced(tracing(trace, 'fdatasync,fsync'), parameters);
    expect(accepted).toHaveLength(rounds * concurrency);
    return (await readFile(trace, 'utf8')).split('\n').filter((line) => /f(data)?sync\(/.test(line)).length;
  }

  async function runTraced(wrapper: readonly string[], [file = '', ...rest]: readonly string[]) {
    child = startChild('appending-gateway.ts', [`sqlite:${file}`, ...rest], wrapper);
    const { lines } = child;
    const exitCode = await child.end();
    const accepted = lines.filter((line) => line.startsWith('A ')).map((line) => line.slice(2));
    return { exitCode, accepted, said: (word: string) => lines.filter((line) => line === word).length };
  }

  async function expectKept(file: string, ids: readonly string[]): Promise<void> {
    const store = await openStore({ databaseUrl: `sqlite:${file}`, role: 'owner', clock: new SystemClock() });
    const events = await Promise.all(ids.map((id) => store.outbox.find(id)));
    expect(ids.filter((_, index) => events[index] === null)).toEqual([]);
    await store.close();
  }
});
