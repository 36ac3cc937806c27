import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, expectProblem } from '../../ingest/support/caller.js';
import { confirm } from '../../outbox/support/receipts.js';
import { type AdminApp, startAdminApp } from './support/admin-app.js';
import { eventIn } from './support/ended-events.js';
import { overdueEvents } from './support/overdue-events.js';

let app: AdminApp;
let chief: Caller;
beforeAll(async () => {
  app = await startAdminApp();
  chief = await app.client('chief', { operator: true });
});
afterAll(() => app.close());

async function statusOf(id: string): Promise<string | undefined> {
  return (await app.store.outbox.find(id))?.status;
}

describe('a replay of what Dataverse took and never told of', () => {
  it('meets overdue events and no others, by every other filter too, and counts them with dryRun', async () => {
    const [first = '', second = ''] = await overdueEvents(app.store, [{ source: 'lost' }, { source: 'lost' }]);
    const [elsewhere = ''] = await overdueEvents(app.store, [{ source: 'elsewhere' }]);
    const [mended = ''] = await overdueEvents(app.store, [{ source: 'lost' }]);
    await confirm(app.store, mended);
    const [dead, delivered] = [
      await eventIn(app.store, 'dead', { source: 'lost' }),
      await eventIn(app.store, 'delivered', { source: 'lost' }),
    ];
    const wish = { filter: { overdue: true, source: 'lost' }, force: true, reason: 'lost in the night' };

    expect((await chief.post('/v1/replays', { ...wish, dryRun: true })).body).toEqual({ count: 2, dryRun: true });
    expect(await statusOf(first)).toBe('delivered');
    expect((await chief.post('/v1/replays', wish)).body).toEqual({ count: 2, dryRun: false });

    expect(await Promise.all([first, second].map(statusOf))).toEqual(['pending', 'pending']);
    const others = [elsewhere, mended, dead, delivered];
    expect(await Promise.all(others.map(statusOf))).toEqual(['delivered', 'delivered', 'dead', 'delivered']);
    const [newest] = await app.store.audit.list({ before: null, limit: 1 });
    expect(newest).toMatchObject({ action: 'event.replay', subject: expect.stringContaining('overdue') });
    expect((await chief.post('/v1/replays', wish)).body).toEqual({ count: 0, dryRun: false });
  });

  it.each([
    ['without force', { filter: { overdue: true } }, ['/filter/overdue needs force: what it means is delivered']],
    [
      'without force, as a dry run',
      { filter: { overdue: true }, dryRun: true },
      ['/filter/overdue needs force: what it means is delivered'],
    ],
    [
      'of dead ones',
      { filter: { overdue: true, status: 'dead' }, force: true },
      ['/filter/status must be delivered, or left out, beside overdue: no event is both'],
    ],
    ['of confirmed ones', { filter: { overdue: false }, force: true }, ['/filter/overdue must be true, or left out']],
    ['of a text', { filter: { overdue: 'true' }, force: true }, ['/filter/overdue must be true, or left out']],
  ])('is refused %s', async (_what, body, errors) => {
    expectProblem(await chief.post('/v1/replays', body), 'invalid-request', errors);
  });
});
