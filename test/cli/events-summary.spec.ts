import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventIn, eventsIn } from '../operations/admin/support/ended-events.js';
import { confirm } from '../outbox/support/receipts.js';
import { openStoreBeside, type StoreBeside } from './support/store-beside.js';

const TODAY = new Date().toISOString().slice(0, 10);

let beside: StoreBeside;
beforeEach(async () => {
  beside = await openStoreBeside();
  const facts = [{ source: 'store-17' }, { source: 'store-17' }, { source: 'store-18' }];
  const [confirmed = ''] = await eventsIn(beside.store, 'delivered', facts);
  await confirm(beside.store, confirmed);
  await eventIn(beside.store, 'dead', { source: 'store-17' });
});
afterEach(() => beside.remove());

describe('events summary', () => {
  it('answers in JSON as the API does', async () => {
    const { exitCode, stdout } = await beside.run(['events', 'summary', '--source', 'store-17', '--json']);
    const counts = { accepted: 3, pending: 0, delivered: 2, confirmed: 1, dead: 1, cancelled: 0 };
    const summary = JSON.parse(stdout) as { from: string; completeFrom: string };
    expect({ exitCode, ...summary }).toMatchObject({ exitCode: 0, timeZone: 'UTC', total: counts });
    expect(summary).toHaveProperty('rows', [
      { day: expect.any(String), client: 'pos', source: 'store-17', type: 'CustomerPurchase', ...counts },
    ]);
    expect(summary.completeFrom).toBe(summary.from);
  });

  it('is readable for a person, with a line for all', async () => {
    const { exitCode, stdout, stderr } = await beside.run(['events', 'summary']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ +/));
    expect({ exitCode, stderr, headings: lines[0]?.slice(0, 5) }).toEqual({
      exitCode: 0,
      stderr: '',
      headings: ['DAY', 'CLIENT', 'SOURCE', 'TYPE', 'ACCEPTED'],
    });
    expect(lines[0]?.slice(4)).toEqual(['ACCEPTED', 'PENDING', 'DELIVERED', 'CONFIRMED', 'DEAD', 'CANCELLED']);
    expect(lines.slice(1).map((cells) => cells.slice(2))).toEqual([
      ['store-17', 'CustomerPurchase', '3', '0', '2', '1', '1', '0'],
      ['store-18', 'CustomerPurchase', '1', '0', '1', '0', '0', '0'],
      ['-', '-', '4', '0', '3', '1', '1', '0'],
    ]);
  });

  it('counts in the days of a time zone, and tells where retention may have left something out', async () => {
    const from = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
    const args = ['events', 'summary', '--from', from, '--time-zone', 'Pacific/Kiritimati', '--source', 'nowhere'];
    const { exitCode, stdout, stderr } = await beside.run(args);
    expect({ exitCode, lines: stdout.trimEnd().split('\n').length }).toEqual({ exitCode: 0, lines: 2 });
    expect(stderr).toMatch(/^Retention may have removed events accepted before \S+: not counted\n$/);
  });

  it.each([
    ['--time-zone', 'Mars'],
    ['--from', 'yesterday'],
    ['--from', '2020-01-01'],
    ['--to', '2020-01-01', '--from', TODAY],
    ['--status', 'dead'],
  ])('ends with 2 for %s %s', async (...options) => {
    const { exitCode, stdout, stderr } = await beside.run(['events', 'summary', ...options]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });
});
