import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventIn } from '../operations/admin/support/ended-events.js';
import { overdueEvents } from '../operations/admin/support/overdue-events.js';
import { confirm } from '../outbox/support/receipts.js';
import { openStoreBeside, type StoreBeside } from './support/store-beside.js';

let beside: StoreBeside;
beforeEach(async () => {
  beside = await openStoreBeside();
});
afterEach(() => beside.remove());

async function statusOf(id: string): Promise<string | undefined> {
  return (await beside.store.outbox.find(id))?.status;
}

describe('events show', () => {
  it('tells of every receipt with --attempts, whole in JSON, as the API does', async () => {
    const id = await eventIn(beside.store, 'delivered');
    await confirm(beside.store, id, { step: 'S-1', operation: 'O-1', operationAt: Date.UTC(2026, 10, 22, 10) });
    const { exitCode, stdout } = await beside.run(['events', 'show', id, '--attempts', '--json']);
    const { confirmedAt, attempts, receipts } = JSON.parse(stdout) as Record<string, unknown>;
    expect({ exitCode, attempts, receipts }).toEqual({
      exitCode: 0,
      attempts: [],
      receipts: [
        {
          receivedAt: confirmedAt,
          channel: 'webhook',
          result: 'confirmed',
          step: 'S-1',
          operation: 'O-1',
          operationAt: '2026-11-22T10:00:00.000Z',
          requestId: null,
          correlationId: null,
          stripped: false,
        },
      ],
    });
    expect(confirmedAt).toEqual(expect.any(String));
  });

  it('is readable for a person, and shows no receipts where nobody asked for the timeline', async () => {
    const id = await eventIn(beside.store, 'delivered');
    await confirm(beside.store, id, { step: 'S-1', operation: 'O-\u001b[2J' });
    const { stdout } = await beside.run(['events', 'show', id, '--attempts']);
    expect(stdout).toMatch(/^confirmedAt +\d{4}-/m);
    expect(stdout).toMatch(/^- +\S+Z +receipt: confirmed .* by webhook: step S-1, operation O-\?\[2J$/m);
    const brief = await beside.run(['events', 'show', id]);
    expect(brief.stdout).not.toContain('receipt');
    expect(JSON.parse((await beside.run(['events', 'show', id, '--json'])).stdout)).not.toHaveProperty('receipts');
  });
});

describe('events show, of an event without a receipt', () => {
  it('says whether it is overdue', async () => {
    const [overdue = ''] = await overdueEvents(beside.store, [{}]);
    const unexpected = await eventIn(beside.store, 'delivered');
    const show = async (...args: readonly string[]) => (await beside.run(['events', 'show', ...args])).stdout;
    expect(await show(overdue)).toMatch(/^overdue +true$/m);
    expect(await show(unexpected)).toMatch(/^overdue +false$/m);
    expect(JSON.parse(await show(overdue, '--json'))).toMatchObject({ overdue: true });
    expect(JSON.parse(await show(unexpected, '--json'))).toMatchObject({ overdue: false });
  });
});

describe('events list --overdue', () => {
  it('lists what is overdue and nothing else, with every other filter', async () => {
    const facts = [{ source: 'a' }, { source: 'a' }, { source: 'b' }];
    const [first, mended = '', other] = await overdueEvents(beside.store, facts);
    await confirm(beside.store, mended);
    await eventIn(beside.store, 'delivered', { source: 'a' });
    const listed = async (...options: readonly string[]) => {
      const { exitCode, stdout } = await beside.run(['events', 'list', '--overdue', ...options, '--json']);
      expect(exitCode).toBe(0);
      return (JSON.parse(stdout) as { events: { id: string }[] }).events.map(({ id }) => id);
    };
    expect(await listed()).toEqual([other, first]);
    expect(await listed('--source', 'a')).toEqual([first]);
    expect(await listed('--status', 'dead')).toEqual([]);
    const all = await beside.run(['events', 'list', '--overdue', '--all']);
    expect(all.stdout.trimEnd().split('\n')).toHaveLength(3);
  });

  it('takes no value', async () => {
    expect(await beside.run(['events', 'list', '--overdue=maybe'])).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('events replay --overdue', () => {
  it('brings back what is overdue with --force, and counts it with --dry-run', async () => {
    const [id = ''] = await overdueEvents(beside.store, [{}, {}]);
    const delivered = await eventIn(beside.store, 'delivered');
    const dead = await eventIn(beside.store, 'dead');
    const dry = await beside.run(['events', 'replay', '--overdue', '--force', '--dry-run']);
    expect(dry).toMatchObject({ exitCode: 0, stdout: '2 events would be replayed.\n' });
    expect(await statusOf(id)).toBe('delivered');
    const run = await beside.run(['events', 'replay', '--overdue', '--force', '--yes']);
    expect(run).toMatchObject({ exitCode: 0, stdout: '2 events were replayed.\n' });
    expect(await Promise.all([id, delivered, dead].map(statusOf))).toEqual(['pending', 'delivered', 'dead']);
  });

  it('ends with 2 where it is to be dead as well: no event is both', async () => {
    const run = await beside.run(['events', 'replay', '--overdue', '--status', 'dead', '--force', '--dry-run']);
    expect(run).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('leaves --status out') });
  });

  it('ends with 2 without --force', async () => {
    const [id = ''] = await overdueEvents(beside.store, [{}]);
    const { exitCode, stdout, stderr } = await beside.run(['events', 'replay', '--overdue', '--yes']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Overdue events were delivered: to send them again needs --force');
    expect(await statusOf(id)).toBe('delivered');
  });
});
