import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventIn } from '../operations/admin/support/ended-events.js';
import { accept } from '../outbox/support/events.js';
import { openStoreBeside, type StoreBeside } from './support/store-beside.js';

let beside: StoreBeside;
beforeEach(async () => {
  beside = await openStoreBeside();
});
afterEach(() => beside.remove());

const KNOWN = 'Known: CustomerPurchase, VendorPaymentPosted.\n';

describe.each([
  ['events list', ['events', 'list', '--status', 'dead', '--json']],
  ['events list --all', ['events', 'list', '--all']],
  ['events summary', ['events', 'summary']],
])('%s', (_what, command) => {
  it.each([
    ['customer-purchase', ' Is CustomerPurchase meant? '],
    ['customerpurchase', ' Is CustomerPurchase meant? '],
    ['Nope', ' '],
  ])('says of the type %s which ones there are', async (type, question) => {
    const { exitCode, stderr } = await beside.run([...command, '--type', type]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: `There is no event type "${type}", neither defined nor stored.${question}${KNOWN}`,
    });
  });

  it('says nothing of the kind about a type that is defined', async () => {
    const { stderr } = await beside.run([...command, '--type', 'VendorPaymentPosted']);
    expect(stderr).not.toContain('There is no event type');
  });

  it('knows a type that has events and no definition any more', async () => {
    await accept(beside.store, { type: 'Gone' });
    const { stderr } = await beside.run([...command, '--type', 'Gone', '--source', 'nowhere']);
    expect(stderr).not.toContain('There is no event type');
    expect((await beside.run([...command, '--type', 'gone'])).stderr).toContain(
      'Is Gone meant? Known: CustomerPurchase, Gone',
    );
  });
});

describe('events list', () => {
  it('says to a person that nothing fits', async () => {
    await eventIn(beside.store, 'dead');
    const { exitCode, stderr } = await beside.run(['events', 'list', '--status', 'delivered']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'No event fits.\n' });
  });
});

describe('events replay by filter', () => {
  it.each([[['--dry-run']], [['--yes']]])('ends with 2 for a type that is none, with %j', async (options) => {
    const run = await beside.run(['events', 'replay', '--type', 'customer-purchase', '--status', 'dead', ...options]);
    expect(run).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('Is CustomerPurchase meant?'),
    });
  });

  it('finds nothing of a type that there is, and counts one as one', async () => {
    const dry = ['events', 'replay', '--type', 'CustomerPurchase', '--status', 'dead', '--dry-run'];
    expect(await beside.run(dry)).toMatchObject({ exitCode: 0, stdout: '0 events would be replayed.\n' });
    await eventIn(beside.store, 'dead');
    expect(await beside.run(dry)).toMatchObject({ exitCode: 0, stdout: '1 event would be replayed.\n' });
    const run = await beside.run(['events', 'replay', '--status', 'dead']);
    expect(run).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('1 event is to be replayed.') });
  });
});
