import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, expectProblem } from '../../ingest/support/caller.js';
import { type AdminApp, startAdminApp } from './support/admin-app.js';
import { eventIn } from './support/ended-events.js';

const UNKNOWN = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';

const REASON = 'must be a text of 1 to 500 printable characters on one line';

let app: AdminApp;
let chief: Caller;
let till: Caller;
beforeAll(async () => {
  app = await startAdminApp();
  chief = await app.client('chief', { operator: true });
  till = await app.client('till', { publish: ['*'], operator: false });
});
afterAll(() => app.close());

describe('replaying an event', () => {
  it('brings a dead one back under its id, with counts afresh, and rings', async () => {
    const id = await eventIn(app.store, 'dead', { key: 'R-1' });
    const before = app.rings();

    const { status, body } = await chief.post(`/v1/events/${id}/replay`, { reason: 'the plug-in is repaired' });

    expect(status).toBe(200);
    expect(body).toMatchObject({ id, status: 'pending', reason: null, key: 'R-1', attemptCount: 0, deliveredAt: null });
    expect(body.links).toEqual({ self: `/v1/events/${id}`, attempts: `/v1/events/${id}/attempts` });
    expect(app.rings()).toBe(before + 1);
    expect(await app.store.audit.list({ before: null, limit: 1 })).toMatchObject([
      { by: 'chief', action: 'event.replay', subject: id, detail: 'the plug-in is repaired' },
    ]);
  });

  it.each(['replay', 'cancel'])('refuses a query, which would be passed over: %s?force=true', async (deed) => {
    const id = await eventIn(app.store, 'dead');
    expectProblem(await chief.post(`/v1/events/${id}/${deed}?force=true`, {}), 'invalid-parameter');
    expect((await app.store.outbox.find(id))?.status).toBe('dead');
  });

  it('needs no body', async () => {
    const id = await eventIn(app.store, 'dead');
    expect(await chief.call('POST', `/v1/events/${id}/replay`)).toMatchObject({ status: 200 });
  });

  it('brings a delivered one back only where that is forced', async () => {
    const id = await eventIn(app.store, 'delivered');
    const refusal = await chief.post(`/v1/events/${id}/replay`, {});
    expectProblem(refusal, 'illegal-transition');
    expect(refusal.body.detail).toContain('delivered');
    expectProblem(await chief.post(`/v1/events/${id}/replay`, { force: false }), 'illegal-transition');

    const { body } = await chief.post(`/v1/events/${id}/replay`, { force: true });
    expect(body).toMatchObject({ id, status: 'pending', deliveredAt: null });
  });

  it.each([['pending'], ['delivering'], ['cancelled']] as const)('is refused where it is %s', async (status) => {
    const id = await eventIn(app.store, status);
    const before = app.rings();

    const refusal = await chief.post(`/v1/events/${id}/replay`, { force: true });

    expectProblem(refusal, 'illegal-transition');
    expect(refusal.body.detail).toBe(`An event that is ${status} is not replayed.`);
    expect((await app.store.outbox.find(id))?.status).toBe(status);
    expect(app.rings()).toBe(before);
  });

  it('is refused where its content is gone', async () => {
    const id = await eventIn(app.store, 'dead');
    await app.store.actions.erase(id, { by: 'test', reason: null });
    expectProblem(await chief.post(`/v1/events/${id}/replay`, {}), 'data-erased');
  });

  it('is done once when two operators do it at once', async () => {
    const id = await eventIn(app.store, 'dead');
    const answers = await Promise.all([1, 2, 3].map(() => chief.post(`/v1/events/${id}/replay`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });
});

describe('cancelling an event', () => {
  it.each([['pending'], ['dead']] as const)('ends one that is %s', async (status) => {
    const id = await eventIn(app.store, status);

    const answer = await chief.post(`/v1/events/${id}/cancel`, { reason: 'entered by hand' });

    expect(answer).toMatchObject({ status: 200, body: { id, status: 'cancelled' } });
    expect(await app.store.audit.list({ before: null, limit: 1 })).toMatchObject([
      { by: 'chief', action: 'event.cancel', subject: id, detail: 'entered by hand' },
    ]);
  });

  it.each([['delivering'], ['delivered'], ['cancelled']] as const)('is refused where it is %s', async (status) => {
    const id = await eventIn(app.store, status);
    const refusal = await chief.post(`/v1/events/${id}/cancel`, {});
    expectProblem(refusal, 'illegal-transition');
    expect(refusal.body.detail).toBe(`An event that is ${status} is not cancelled.`);
  });
});

describe.each([['replay'], ['cancel']])('%s', (deed) => {
  it.each([[UNKNOWN], ['not-an-id'], [UNKNOWN.toUpperCase()]])('knows no event %s', async (id) => {
    const { status, body } = await chief.post(`/v1/events/${id}/${deed}`, {});
    expect({ status, type: body.type }).toEqual({ status: 404, type: '/problems/not-found' });
  });

  it('is for operators', async () => {
    const id = await eventIn(app.store, 'dead', { client: 'till' });
    expectProblem(await till.post(`/v1/events/${id}/${deed}`, {}), 'forbidden');
    expect((await fetch(`${app.url}/v1/events/${id}/${deed}`, { method: 'POST' })).status).toBe(401);
    expect((await app.store.outbox.find(id))?.status).toBe('dead');
  });

  it.each([
    ['an unknown property', { colour: 1 }, ['/colour is not a known property']],
    ['a hidden one', '{"__proto__":{}}', ['/__proto__ is not a known property']],
    ['no object', [], [' must be an object']],
    ['null', null, [' must be an object']],
    ['an empty reason', { reason: '' }, [`/reason ${REASON}`]],
    ['a long reason', { reason: 'x'.repeat(501) }, [`/reason ${REASON}`]],
    ['a reason of two lines', { reason: 'a\nb' }, [`/reason ${REASON}`]],
    ['a reason that is none', { reason: 5 }, [`/reason ${REASON}`]],
    ['two of one name', '{"reason":"a","reason":"b"}', ['/reason appears more than once']],
  ])('refuses a body with %s', async (_what, body, errors) => {
    const id = await eventIn(app.store, 'dead');
    const answer = await chief.post(`/v1/events/${id}/${deed}`, body);
    expectProblem(answer, 'invalid-request', errors);
    expect((await app.store.outbox.find(id))?.status).toBe('dead');
  });

  it('refuses a body that is no JSON', async () => {
    const id = await eventIn(app.store, 'dead');
    expectProblem(await chief.post(`/v1/events/${id}/${deed}`, '{'), 'malformed-json');
    const form = await chief.post(`/v1/events/${id}/${deed}`, 'a=b', { 'Content-Type': 'text/plain' });
    expectProblem(form, 'unsupported-media-type');
  });
});
