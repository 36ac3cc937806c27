import { describe, expect, it } from '@jest/globals';
import type { Cell, Row } from '../../src/emulator/tables/table-definition.js';
import { HeldLimit } from '../support/held-limit.js';
import { until } from '../support/until.js';
import { batchOf } from './support/batch.js';
import type { Client } from './support/client.js';
import { PURCHASE, PURCHASE_BODY } from './support/purchase-api.js';
import { receiver } from './support/receiver.js';
import { runningEmulator } from './support/running-emulator.js';
import { jobsOf, REGISTERED_ORIGIN, registerWebhook, withWebhook } from './support/webhooks.js';

const NAME = PURCHASE.uniqueName;

describe('a call that was committed', () => {
  it('is posted to the webhook of a step, and leaves a system job that succeeded', async () => {
    const { emulator, client, shop, stepId } = await withWebhook();
    expect((await client.call(NAME, PURCHASE_BODY)).status).toBe(204);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(1);
    const user = emulator.tables.rows('systemuser')[0]?.systemuserid;
    expect(jobsOf(emulator)).toMatchObject([
      {
        name: `Shop: ${NAME}`,
        messagename: NAME,
        operationtype: 1,
        primaryentitytype: 'none',
        statecode: 3,
        statuscode: 30,
        errorcode: 0,
        retrycount: 0,
        owningextensionid: stepId,
        ownerid: user,
        createdby: user,
        startedon: expect.any(String),
        completedon: expect.any(String),
        friendlymessage: null,
      },
    ]);
    const [job] = jobsOf(emulator);
    const context = JSON.parse(shop.seen[0]?.body ?? '');
    expect(context).toMatchObject({ OperationId: job?.asyncoperationid, OwningExtension: { Id: stepId } });
    expect([job?.correlationid, job?.requestid]).toEqual([context.CorrelationId, context.RequestId]);
  });

  it('is posted once for each step, begun in order of rank', async () => {
    const { emulator, client, shop } = await withWebhook(undefined, { step: { name: 'third', rank: 3 } });
    registerWebhook(emulator, { step: { name: 'first', rank: 1 } });
    registerWebhook(emulator, { step: { name: 'second', rank: 2 } });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(jobsOf(emulator).map(({ name }) => name)).toEqual(['first', 'second', 'third']);
    expect(new Set(shop.seen.map(({ body }) => JSON.parse(body).OperationId)).size).toBe(3);
  });

  it.each<readonly [string, Readonly<Record<string, Cell>>]>([
    ['disabled', { statecode: 1, statuscode: 2 }],
    ['synchronous', { mode: 0 }],
    ['for Outlook alone', { supporteddeployment: 1 }],
    ['of another message', { sdkmessageid: null }],
    ['without endpoint', { eventhandler: null }],
  ])('is not told to a step that is %s', async (_what, step) => {
    const { emulator, client, shop } = await withWebhook(undefined, { step });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect([shop.seen, jobsOf(emulator)]).toEqual([[], []]);
  });

  it('is told to a step that was enabled, or registered, a moment before', async () => {
    const { emulator, client, stepId } = await withWebhook(undefined, { step: { statecode: 1, statuscode: 2 } });
    await client.call(NAME, PURCHASE_BODY);
    const [step, enabled] = [`sdkmessageprocessingsteps(${stepId})`, '{"statecode":0,"statuscode":1}'];
    const headers = { 'content-type': 'application/json', 'if-match': '*' };
    expect((await client.api(step, { method: 'PATCH', headers, body: enabled })).status).toBe(204);
    await client.call(NAME, PURCHASE_BODY);
    registerWebhook(emulator);
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(jobsOf(emulator)).toHaveLength(3);
  });

  it('is told to nobody where its caller bypasses asynchronous logic', async () => {
    const { emulator, client, shop } = await withWebhook();
    const header = 'mscrm.bypassbusinesslogicexecution';
    await client.call(NAME, PURCHASE_BODY, { [header]: 'CustomSync,CustomAsync' });
    await client.call(NAME, PURCHASE_BODY, { [header]: 'CustomSync' });
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(1);
  });

  it('is posted for each operation of a batch that went well', async () => {
    const { emulator, client, shop } = await withWebhook();
    const uri = `/api/data/v9.2/${NAME}`;
    const parts = [
      { uri: `${uri}?tag=one`, body: PURCHASE_BODY },
      { uri, body: '{}' },
      { uri: `${uri}?tag=two`, body: PURCHASE_BODY },
    ];
    await client.api('$batch', { method: 'POST', ...batchOf(parts, 'odata.continue-on-error') });
    await emulator.asyncService.whenIdle();
    const tags = shop.seen.map(({ body }) => JSON.parse(body).SharedVariables.at(-1));
    expect(tags).toEqual([
      { key: 'tag', value: 'one' },
      { key: 'tag', value: 'two' },
    ]);
  });

  it('is posted although its answer was lost, and not where it was lost before the commit', async () => {
    const { emulator, client, shop } = await withWebhook();
    emulator.resetAfterCommit({ match: { customApi: NAME } });
    await expect(client.call(NAME, PURCHASE_BODY)).rejects.toThrow();
    emulator.resetBeforeCommit({ match: { customApi: NAME } });
    await expect(client.call(NAME, PURCHASE_BODY)).rejects.toThrow();
    emulator.failNext({ status: 503, when: 'after-commit', match: { customApi: NAME } });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(2);
  });

  it.each([
    ['is refused', '{}'],
    ['is of a message without steps', null],
  ])('leaves no job where it %s', async (_what, body) => {
    const { emulator, client } = await runningEmulator();
    if (body !== null) registerWebhook(emulator);
    await client.call(NAME, body ?? PURCHASE_BODY);
    expect([jobsOf(emulator), emulator.asyncService.state.unfinished]).toEqual([[], 0]);
  });
});

describe('a system job', () => {
  it('is deleted on success where its step says so, and kept where it failed', async () => {
    const step = { asyncautodelete: true };
    const { emulator, client } = await withWebhook((nth) => (nth === 1 ? 200 : 500), { step });
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(jobsOf(emulator)).toEqual([]);
    await client.call(NAME, PURCHASE_BODY);
    await emulator.asyncService.whenIdle();
    expect(jobsOf(emulator)).toMatchObject([{ statuscode: 31 }]);
  });

  it('is Ready while it waits, In Progress while it is under way, and shows nothing of what it carries', async () => {
    const { emulator, client } = await withWebhook(() => null);
    emulator.asyncService.hold();
    await client.call(NAME, PURCHASE_BODY);
    const [ready] = (await client.api('asyncoperations')).json().value as unknown as Record<string, unknown>[];
    expect(ready).toMatchObject({ statecode: 0, statuscode: 0, startedon: null, completedon: null });
    expect(ready).not.toHaveProperty('data');
    emulator.asyncService.release();
    await expect(emulator.asyncService.whenIdle(50)).rejects.toThrow('1 system jobs are unfinished after 50 ms.');
    expect(jobsOf(emulator)).toMatchObject([{ statecode: 2, statuscode: 20, startedon: expect.any(String) }]);
  });

  it.each<readonly [string, (ids: Readonly<Record<'job' | 'stepId' | 'endpointId', string>>) => string]>([
    ['itself', ({ job }) => `asyncoperations(${job})`],
    ['its step', ({ stepId }) => `sdkmessageprocessingsteps(${stepId})`],
    ['its endpoint', ({ endpointId }) => `serviceendpoints(${endpointId})`],
  ])('is not run once %s was deleted', async (_what, path) => {
    const { emulator, client, shop, stepId, endpointId } = await withWebhook();
    emulator.asyncService.hold();
    await client.call(NAME, PURCHASE_BODY);
    const job = `${jobsOf(emulator)[0]?.asyncoperationid}`;
    expect((await client.api(path({ job, stepId, endpointId }), { method: 'DELETE' })).status).toBe(204);
    emulator.asyncService.release();
    await emulator.asyncService.whenIdle();
    expect([shop.seen, jobsOf(emulator)]).toEqual([[], []]);
  });

  it('is not run once somebody canceled it, and keeps nothing of what it carried', async () => {
    const { emulator, client, shop } = await withWebhook();
    emulator.asyncService.hold();
    await client.call(NAME, PURCHASE_BODY);
    await cancel(client, jobsOf(emulator)[0]);
    emulator.asyncService.release();
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toEqual([]);
    expect(jobsOf(emulator)).toMatchObject([{ statecode: 3, statuscode: 32, data: '' }]);
  });

  it.each([
    ['goes well', () => 200],
    ['fails', () => 500],
  ])('stays canceled where its post %s after that', async (_how, behaviour) => {
    const canceled = Promise.withResolvers<void>();
    const { emulator, client } = await withWebhook();
    const shop = await receiver(behaviour, undefined, canceled.promise);
    emulator.webhookRoutes.set(REGISTERED_ORIGIN, shop.origin);
    await client.call(NAME, PURCHASE_BODY);
    await until(() => shop.seen.length === 1);
    await cancel(client, jobsOf(emulator)[0]);
    canceled.resolve();
    await emulator.asyncService.whenIdle();
    expect(jobsOf(emulator)).toMatchObject([{ statecode: 3, statuscode: 32, errorcode: null, data: '' }]);
  });

  it('stays deleted where its endpoint goes while it is under way', async () => {
    const { emulator, client, shop, endpointId } = await withWebhook(() => null);
    const limit = new HeldLimit();
    emulator.settings.webhookTimeoutMs = limit.ms;
    await client.call(NAME, PURCHASE_BODY);
    await until(() => shop.seen.length === 1);
    await expect(emulator.asyncService.whenIdle(30)).rejects.toThrow();
    emulator.tables.removeRow('serviceendpoint', endpointId);
    limit.end();
    await emulator.asyncService.whenIdle();
    limit.release();
    expect([shop.seen.length, jobsOf(emulator)]).toEqual([1, []]);
  });

  it('fails where its endpoint was taken from the step by hand', async () => {
    const { emulator, client, stepId } = await withWebhook();
    emulator.asyncService.hold();
    await client.call(NAME, PURCHASE_BODY);
    emulator.tables.changeRow('sdkmessageprocessingstep', stepId, { eventhandler: null });
    emulator.asyncService.release();
    await emulator.asyncService.whenIdle();
    expect(jobsOf(emulator)).toMatchObject([{ statuscode: 31, errorcode: 0x80040217 | 0 }]);
  });
});

async function cancel(client: Client, job: Row | undefined): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const body = '{"statecode":3,"statuscode":32}';
  await client.api(`asyncoperations(${job?.asyncoperationid})`, { method: 'PATCH', headers, body });
}
