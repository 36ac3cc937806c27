import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventsIn } from '../operations/admin/support/ended-events.js';
import { until } from '../support/until.js';
import { CliProcess } from './support/spawn-cli.js';
import { openStoreBeside, type StoreBeside } from './support/store-beside.js';

/** Ten steps. */
const EVENTS = 2_500;

/** Makes each event cost some milliseconds, so that a replay of all takes far longer than a signal is late. */
const SLOW = `CREATE TRIGGER slow AFTER UPDATE OF status ON event BEGIN
  SELECT max(n) FROM (WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 20000) SELECT n FROM up);
END`;

let beside: StoreBeside;
beforeEach(async () => {
  beside = await openStoreBeside();
});
afterEach(() => beside.remove());

function execute(sql: string): void {
  const database = new DatabaseSync(beside.databaseUrl.replace('sqlite:', ''));
  database.exec(sql);
  database.close();
}

function left(): Promise<number> {
  return beside.store.actions.countReplayable({ source: 'many' }, false, 0);
}

describe('a replay by command in a process of its own', () => {
  it.each([['SIGINT'], ['SIGTERM']] as const)(
    'ends between two steps on %s, whole steps done, none half',
    async (signal) => {
      await eventsIn(
        beside.store,
        'dead',
        Array.from({ length: EVENTS }, () => ({ source: 'many' })),
      );
      execute(SLOW);
      const args = ['events', 'replay', '--source', 'many', '--yes', '--json'];
      const command = new CliProcess(args, { DATABASE_URL: beside.databaseUrl }, beside.folder);
      await until(async () => (await left()) < EVENTS);

      command.signal(signal);

      expect(await command.exitCode()).toBe(1);
      const { count, next } = JSON.parse(command.stdout) as { count: number; next: string };
      expect(command.stderr).toBe(
        `Interrupted after ${count} events; the same command with --after ${next} does the rest.\n`,
      );
      expect(count).toBeLessThan(EVENTS);
      expect(await left()).toBe(EVENTS - count);
      execute('DROP TRIGGER slow');
      const rest = await beside.run(['events', 'replay', '--source', 'many', '--yes', '--after', next, '--json']);
      expect(JSON.parse(rest.stdout)).toEqual({ count: EVENTS - count, dryRun: false });
      expect(await left()).toBe(0);
    },
    120_000,
  );
});
