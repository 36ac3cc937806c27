import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Gates } from '../../../src/delivery/gates.js';
import { SystemTimers } from '../../../src/kernel/timers.js';
import { type Caller, expectProblem } from '../../ingest/support/caller.js';
import { type AdminApp, APPLICATION_USER, startAdminApp } from './support/admin-app.js';

const TYPE = 'type:CustomerPurchase';
const USER = `user:${APPLICATION_USER}`;
const PAIR = `${USER}+${TYPE}`;

let app: AdminApp;
let chief: Caller;
beforeEach(async () => {
  app = await startAdminApp();
  chief = await app.client('chief', { operator: true });
});
afterEach(() => app.close());

/** Another process that shares the store. */
function elsewhere(): Gates {
  return new Gates(app.store.gates, app.store.clock, new SystemTimers());
}

function pathOf(gate: string): string {
  return `/v1/gates/${encodeURIComponent(gate)}`;
}

async function gateOf(name: string): Promise<Record<string, unknown> | undefined> {
  const { body } = await chief.get('/v1/gates');
  return (body.gates as Record<string, unknown>[]).find((gate) => gate.name === name);
}

async function audited(): Promise<readonly string[]> {
  const entries = await app.store.audit.list({ before: null, limit: 100 });
  return entries
    .filter(({ action }) => action.startsWith('gate.'))
    .map(({ by, action, subject, detail }) => `${by} ${action} ${subject} ${detail}`);
}

describe('the gates', () => {
  it('are listed for every application user and type before anything went wrong', async () => {
    const { status, body } = await chief.get('/v1/gates');
    expect(status).toBe(200);
    expect(body.gates).toEqual(
      [TYPE, 'type:VendorPaymentPosted', USER].map((name) => ({
        name,
        state: 'open',
        cause: null,
        detail: null,
        closedUntil: null,
        closings: 0,
        paused: false,
        pause: null,
        changedAt: null,
      })),
    );
  });

  it('refuse a query that means nothing', async () => {
    expectProblem(await chief.get('/v1/gates?state=closed'), 'invalid-parameter');
  });

  it('show at once what another process stored', async () => {
    await elsewhere().close(PAIR, { cause: 'forbidden', detail: 'status 403', retryAfterMs: null });
    expect(await gateOf(PAIR)).toMatchObject({
      state: 'closed',
      cause: 'forbidden',
      detail: 'status 403',
      closings: 1,
      closedUntil: expect.stringMatching(/^\d{4}-.*Z$/),
      changedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('that are open again tell no instant until when they are closed', async () => {
    const other = elsewhere();
    await other.close(PAIR, { cause: 'forbidden', detail: null, retryAfterMs: 0 });
    const { closedUntil } = other.find(PAIR);
    await other.pass([PAIR], (closedUntil ?? 0) + 1);
    expect(await gateOf(PAIR)).toMatchObject({ state: 'open', cause: null, closedUntil: null });
  });

  it('of a type that is gone are shown and steered as long as they are stored', async () => {
    await elsewhere().close('type:Gone', { cause: 'misconfigured', detail: 'no definition', retryAfterMs: null });
    expect((await chief.call('PUT', pathOf('type:Gone'), JSON_TYPE, '{"paused":true,"reason":"r"}')).status).toBe(200);
    expect(await gateOf('type:Gone')).toMatchObject({ paused: true });
  });
});

const JSON_TYPE = { 'Content-Type': 'application/json' };

function put(gate: string, body: unknown): ReturnType<Caller['call']> {
  return chief.call('PUT', pathOf(gate), JSON_TYPE, typeof body === 'string' ? body : JSON.stringify(body));
}

describe('pausing', () => {
  it.each([[TYPE], [USER], [PAIR]])('holds %s until it is resumed, and both are audited', async (name) => {
    const paused = await put(name, { paused: true, reason: 'upgrade' });
    expect(paused).toMatchObject({
      status: 200,
      body: { name, state: 'open', paused: true, pause: { by: 'chief', reason: 'upgrade' } },
    });
    const resumed = await put(name, { paused: false, reason: 'done' });
    expect(resumed).toMatchObject({ status: 200, body: { name, paused: false, pause: null } });
    expect(await audited()).toEqual([`chief gate.resume ${name} done`, `chief gate.pause ${name} upgrade`]);
  });

  it('is found by a path that is not encoded, too', async () => {
    const body = JSON.stringify({ paused: true, reason: 'r' });
    expect((await chief.call('PUT', `/v1/gates/${PAIR}`, JSON_TYPE, body)).status).toBe(200);
    expect(await gateOf(PAIR)).toMatchObject({ paused: true });
  });

  it('lifted lifts no throttle', async () => {
    await elsewhere().close(USER, { cause: 'throttled', detail: null, retryAfterMs: 60_000 });
    await put(USER, { paused: true, reason: 'r' });
    expect((await put(USER, { paused: false })).body).toMatchObject({
      state: 'closed',
      cause: 'throttled',
      pause: null,
    });
  });

  it('by two operators at once is one pause, with both audited', async () => {
    const other = await app.client('other', { operator: true });
    const body = JSON.stringify({ paused: true, reason: 'r' });
    await Promise.all([chief, other].map((caller) => caller.call('PUT', pathOf(TYPE), JSON_TYPE, body)));
    expect(await gateOf(TYPE)).toMatchObject({ paused: true });
    expect((await audited()).map((line) => line.split(' (')[0]).toSorted()).toEqual([
      `chief gate.pause ${TYPE} r`,
      `other gate.pause ${TYPE} r`,
    ]);
  });

  it('replaced or lifted by somebody else names whose it was, and why, in the audit', async () => {
    await put(TYPE, { paused: true, reason: 'first' });
    const other = await app.client('other', { operator: true });
    const first = await gateOf(TYPE);
    const body = JSON.stringify({ paused: true, reason: 'second' });
    const { body: again } = await other.call('PUT', pathOf(TYPE), JSON_TYPE, body);
    await put(TYPE, { paused: false });
    expect(again).toMatchObject({ pause: { ...Object(first?.pause), by: 'other', reason: 'second' } });
    expect(await audited()).toEqual([
      `chief gate.resume ${TYPE} was paused by other: second`,
      `other gate.pause ${TYPE} second (was paused by chief: first)`,
      `chief gate.pause ${TYPE} first`,
    ]);
  });

  it('what another process pauses meanwhile keeps both', async () => {
    await Promise.all([
      put(TYPE, { paused: true, reason: 'here' }),
      elsewhere().pause(TYPE, { by: 'cli:root@host', reason: 'there' }),
    ]);
    expect(await audited()).toHaveLength(2);
    expect(await gateOf(TYPE)).toMatchObject({ paused: true });
  });

  it('resumed where nothing was paused changes nothing and leaves no line', async () => {
    expect(await put(TYPE, { paused: false })).toMatchObject({ status: 200, body: { paused: false } });
    expect(await audited()).toEqual([]);
  });

  it.each([
    ['without a reason', { paused: true }, ['/reason is required to pause']],
    ['without anything', {}, ['/paused is required']],
    ['with what is not known', { paused: false, until: 'x' }, ['/until is not a known property']],
    ['with a text', { paused: 'true', reason: 'r' }, ['/paused must be true or false']],
  ])('is refused %s', async (_how, body, errors) => {
    expectProblem(await put(TYPE, body), 'invalid-request', errors);
    expect(await gateOf(TYPE)).toMatchObject({ paused: false });
  });
});

describe('probing', () => {
  it('lets a closed gate probe now', async () => {
    await elsewhere().close(TYPE, { cause: 'misconfigured', detail: null, retryAfterMs: null });
    expect(await gateOf(TYPE)).toMatchObject({ state: 'closed' });

    const answer = await chief.post(`${pathOf(TYPE)}/probe`, { reason: 'mended' });

    expect(answer).toMatchObject({ status: 200, body: { name: TYPE, state: 'probing', cause: 'misconfigured' } });
    expect(await audited()).toEqual([`chief gate.probe ${TYPE} mended`]);
  });

  it('shows a drift as closed though its time is over, for no event passes it', async () => {
    const closedUntil = app.store.clock.now() - 1;
    await elsewhere().change(TYPE, (gate) => ({ ...gate, cause: 'drift', detail: 'gone', closedUntil, closings: 1 }));
    expect(await gateOf(TYPE)).toMatchObject({ state: 'closed', cause: 'drift' });
    expect(await chief.post(`${pathOf(TYPE)}/probe`, {})).toMatchObject({ status: 200, body: { state: 'closed' } });
    expect(await audited()).toEqual([]);
  });

  it('leaves a throttled gate as it is: Retry-After is kept', async () => {
    await elsewhere().close(USER, { cause: 'throttled', detail: null, retryAfterMs: 60_000 });
    const before = await gateOf(USER);
    expect(await chief.post(`${pathOf(USER)}/probe`, {})).toMatchObject({ status: 200, body: before });
    expect(await audited()).toEqual([]);
  });

  it('needs no body, and changes nothing at an open gate', async () => {
    const answer = await chief.call('POST', `${pathOf(USER)}/probe`);
    expect(answer).toMatchObject({ status: 200, body: { state: 'open', changedAt: null } });
    expect(await audited()).toEqual([]);
  });
});

describe('a gate that is not there', () => {
  it.each([
    ['type:Unknown'],
    ['type:customerpurchase'],
    ['user:somebody'],
    [`${TYPE}+${USER}`],
    ['CustomerPurchase'],
    [`type:${'x'.repeat(280)}`],
    [`type:${'x'.repeat(400)}`],
    ['__proto__'],
    ['type:CustomerPurchase '],
  ])('is a 404: %s', async (name) => {
    expectProblem(await put(name, { paused: true, reason: 'r' }), 'not-found');
    expectProblem(await chief.post(`${pathOf(name)}/probe`, {}), 'not-found');
    expect(await app.store.gates.list()).toEqual([]);
  });
});

describe('gates and the audit', () => {
  it('are for operators', async () => {
    const till = await app.client('till', { publish: ['*'], operator: false });
    expectProblem(await till.get('/v1/gates'), 'forbidden');
    expectProblem(await till.get('/v1/audit'), 'forbidden');
    expectProblem(await till.call('PUT', pathOf(TYPE), JSON_TYPE, '{"paused":true,"reason":"r"}'), 'forbidden');
    expectProblem(await till.post(`${pathOf(TYPE)}/probe`, {}), 'forbidden');
    expect((await fetch(`${app.url}/v1/gates`)).status).toBe(401);
    expect((await fetch(`${app.url}/v1/audit`)).status).toBe(401);
  });
});
