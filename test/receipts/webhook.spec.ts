import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accept, claimOne, DELIVERED, retryIn, settlementOf } from '../outbox/support/events.js';
import { awaited } from '../outbox/support/receipts.js';
import { contextOf, STEP, strippedOf } from './support/contexts.js';
import { type HookAnswer, type ReceiverApp, RIGHT, startReceiver } from './support/receiver-app.js';

const NOBODY = '0199e2a4-7c3e-7b1a-9f2d-4b8c6d1e0f3a';

let app: ReceiverApp;
beforeEach(async () => {
  app = await startReceiver();
});
afterEach(() => app.close());

function eventOf(id: string) {
  return app.store.outbox.find(id);
}

async function statusOf(answer: Promise<HookAnswer>): Promise<number> {
  return (await answer).status;
}

describe('a context that Dataverse posts', () => {
  it('confirms the event that its tag names, once it is durable', async () => {
    const id = await awaited(app.store);
    const operation = randomUUID();

    expect(await app.post(contextOf(id, { OperationId: operation }))).toMatchObject({ status: 204, text: '' });

    expect((await eventOf(id))?.confirmedAt).not.toBeNull();
    expect(await app.store.receipts.listReceipts(id)).toEqual([
      expect.objectContaining({ channel: 'webhook', step: STEP, operation, result: 'confirmed', stripped: false }),
    ]);
  });

  it.each<[string, (id: string) => object]>([
    ['in upper case', (id) => ({ SharedVariables: [{ key: 'tag', value: id.toUpperCase() }] })],
    ['as EventId alone', () => ({ SharedVariables: [] })],
    [
      'as the tag of the context around it alone',
      (id) => ({
        SharedVariables: [],
        InputParameters: [],
        ParentContext: contextOf(id, { InputParameters: [] }),
      }),
    ],
    [
      'as the EventId of the context around it alone',
      (id) => ({
        SharedVariables: [],
        InputParameters: [],
        ParentContext: contextOf(id, { SharedVariables: [] }),
      }),
    ],
    ['as EventId beside a tag of somebody else', () => ({ SharedVariables: [{ key: 'tag', value: 'import 7' }] })],
    ['as EventId beside the tag of no event', () => ({ SharedVariables: [{ key: 'tag', value: NOBODY }] })],
  ])('finds its event by its id %s', async (_where, members) => {
    const id = await awaited(app.store);
    expect(await statusOf(app.post(contextOf(id, members(id))))).toBe(204);
    expect(app.journal).toEqual(['confirmed']);
    expect((await eventOf(id))?.confirmedAt).not.toBeNull();
  });

  it('is found two contexts further out, which are of the same message', async () => {
    const id = await awaited(app.store);
    const bare = { SharedVariables: [], InputParameters: [] };
    const within = contextOf(id, { ...bare, ParentContext: contextOf(id) });
    await app.post(contextOf(id, { ...bare, ParentContext: within }));
    expect(app.journal).toEqual(['confirmed']);
  });

  it('is of no event that a context of another message around it names', async () => {
    const id = await awaited(app.store);
    const bare = { SharedVariables: [], InputParameters: [] };
    await app.post(contextOf(id, { ...bare, ParentContext: contextOf(id, { MessageName: 'Create' }) }));
    expect(app.journal).toEqual(['unknown']);
  });

  it('is found by its tag before its EventId', async () => {
    const [tagged, named] = [await awaited(app.store), await awaited(app.store)];
    await app.post(contextOf(named, { SharedVariables: [{ key: 'tag', value: tagged }] }));
    expect((await eventOf(tagged))?.confirmedAt).not.toBeNull();
    expect((await eventOf(named))?.confirmedAt).toBeNull();
  });

  it('changes nothing when it comes again, as after a 502 of a proxy', async () => {
    const id = await awaited(app.store);
    const context = contextOf(id);
    for (let n = 0; n < 3; n++) expect(await statusOf(app.post(context))).toBe(204);
    expect(app.journal).toEqual(['confirmed', 'repeated', 'repeated']);
    expect(await app.store.receipts.listReceipts(id)).toHaveLength(1);
  });

  it('confirms once when it comes twice at once', async () => {
    const id = await awaited(app.store);
    const context = contextOf(id);
    const answers = await Promise.all([app.post(context), app.post(context), app.post(context)]);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect([...app.journal].sort()).toEqual(['confirmed', 'repeated', 'repeated']);
  });

  it('is a duplicate where the same step was run by another operation, and accompanies it where another step was', async () => {
    const id = await awaited(app.store);
    await app.post(contextOf(id));
    await app.post(contextOf(id));
    await app.post(contextOf(id, { OwningExtension: { Id: randomUUID() } }));
    expect(app.journal).toEqual(['confirmed', 'duplicate', 'accompanying']);
  });

  it('confirms without its content, which Dataverse removed, and is told as stripped', async () => {
    const id = await awaited(app.store);
    const headers = { ...RIGHT, 'x-ms-dynamics-msg-size-exceeded': 'true' };
    expect(await statusOf(app.post(strippedOf(id), { headers }))).toBe(204);
    expect(app.journal).toEqual(['confirmed stripped']);
    expect(await app.store.receipts.listReceipts(id)).toEqual([expect.objectContaining({ stripped: true })]);
  });

  it.each<[string, object, string]>([
    ['of a message that no event type has', contextOf(NOBODY, { MessageName: 'Create' }), 'foreign Create'],
    ['of an event that is not kept here', contextOf(NOBODY), 'unknown'],
    ['of an event of another type', contextOf(NOBODY, { MessageName: 'contoso_VendorPaymentPosted' }), 'unknown'],
    ['that names no event', contextOf(NOBODY, { SharedVariables: [], InputParameters: [] }), 'unknown'],
    ['that names an event by no id', contextOf("' OR 1=1 --"), 'unknown'],
  ])('%s is taken, for no repeat could better it', async (_what, context, told) => {
    await accept(app.store, {});
    expect(await statusOf(app.post(context))).toBe(204);
    expect(app.journal).toEqual([told]);
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/octet-stream',
    'x/y; z=1',
  ])('is read whatever it is said to be: %s', async (type) => {
    const id = await awaited(app.store);
    expect(await statusOf(app.post(contextOf(id), { headers: { ...RIGHT, 'Content-Type': type } }))).toBe(204);
    expect(app.journal).toEqual(['confirmed']);
  });
});

describe('a receipt that is faster than the record of the delivery', () => {
  it('is taken while the event is being delivered; the settlement then ends as delivered and confirmed', async () => {
    const [id = ''] = await accept(app.store, {});
    const claimed = await claimOne(app.store);
    expect(await statusOf(app.post(contextOf(id)))).toBe(204);
    expect(await eventOf(id)).toMatchObject({ status: 'delivering' });
    expect(app.journal).toEqual(['confirmed']);

    await app.store.outbox.settle([settlementOf(claimed, DELIVERED)]);

    expect(await eventOf(id)).toMatchObject({ status: 'delivered', confirmedAt: expect.any(Number) });
  });

  it('delivers an event whose attempt was uncertain, so that nobody sends it again', async () => {
    const [id = ''] = await accept(app.store, {});
    await app.store.outbox.settle([settlementOf(await claimOne(app.store), retryIn(0, { attempts: 1, uncertain: 1 }))]);
    expect(await eventOf(id)).toMatchObject({ status: 'pending' });

    expect(await statusOf(app.post(contextOf(id)))).toBe(204);

    expect(await eventOf(id)).toMatchObject({ status: 'delivered', confirmedAt: expect.any(Number) });
    await expect(claimOne(app.store)).rejects.toThrow();
    // What waited behind it is looked for at once.
    expect(app.journal).toEqual(['doorbell', 'confirmed']);
  });

  it('proves nothing of an event that was never sent, which is sent all the same', async () => {
    const [id = ''] = await accept(app.store, {});
    expect(await statusOf(app.post(contextOf(id)))).toBe(204);
    expect(app.journal).toEqual(['unknown']);
    expect((await claimOne(app.store)).id).toBe(id);
  });
});

describe('what is no context', () => {
  const BODIES: readonly (readonly [string, string | Buffer])[] = [
    ['nothing', ''],
    ['nonsense', 'marker of nonsense'],
    ['broken JSON', '{"MessageName": "marker'],
    ['a list', '[]'],
    ['null', 'null'],
    ['an object of another kind', '{"email":"marker"}'],
    ['a context whose message is no text', '{"MessageName": 7}'],
    ['nesting without end', `{"MessageName":"x","SharedVariables":${'['.repeat(200_000)}`],
    [
      'a context in another encoding',
      Buffer.from(JSON.stringify(contextOf(NOBODY, { UserId: 'caf\u00ff' })), 'latin1'),
    ],
    ['a context without the step that was run', JSON.stringify(contextOf(NOBODY, { OwningExtension: null }))],
    ['a context without the job that ran it', JSON.stringify(contextOf(NOBODY, { OperationId: null }))],
    [
      'a context of a step that no job ran',
      JSON.stringify(contextOf(NOBODY, { OperationId: '00000000-0000-0000-0000-000000000000' })),
    ],
  ];

  it.each(BODIES)('is refused, without a word of it: %s', async (_what, body) => {
    const answer = await postBytes(body);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ type: '/problems/malformed-context' });
    expect(answer.text).not.toContain('marker');
    expect(app.journal).toEqual(['refused malformed']);
  });

  it('is refused with another status where it is compressed', async () => {
    const body = gzipSync(JSON.stringify(contextOf(NOBODY)));
    expect((await postBytes(body, { 'Content-Encoding': 'gzip' })).status).toBe(415);
    expect(app.journal).toEqual(['refused encoded']);
  });

  it.each([
    ['with a byte order mark', `\uFEFF${JSON.stringify(contextOf(NOBODY))}`, {}],
    ['that says it is not encoded', JSON.stringify(contextOf(NOBODY)), { 'Content-Encoding': 'Identity' }],
  ])('is one all the same: a context %s', async (_what, body, headers) => {
    expect((await postBytes(body, headers)).status).toBe(204);
  });

  it('is not looked for: other methods are not allowed', async () => {
    const answer = await fetch(app.url, { headers: RIGHT });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});

async function postBytes(body: string | Buffer, more = {}): Promise<HookAnswer> {
  const answer = await fetch(app.url, { method: 'POST', headers: { ...RIGHT, ...more }, body });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
