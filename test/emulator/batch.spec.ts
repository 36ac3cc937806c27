import { describe, expect, it } from '@jest/globals';
import { batchOf, type Part, partsOf } from './support/batch.js';
import type { Client, Reply } from './support/client.js';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';

const URI = '/api/data/v9.2/contoso_CustomerPurchase';
const GOOD: Part = { uri: `${URI}?tag=1`, body: PURCHASE_BODY };
const BAD: Part = { uri: '/api/data/v9.2/contoso_Unknown', body: '{}' };
const CONTINUE = 'odata.continue-on-error';

function sendBatch(client: Client, parts: readonly Part[], prefer?: string): Promise<Reply> {
  return client.api('$batch', { method: 'POST', ...batchOf(parts, prefer) });
}

/** The beginning of an answer that must not come whole. */
async function cutOffReply(client: Client, parts: readonly Part[]): Promise<Reply> {
  const { headers, body } = batchOf(parts, CONTINUE);
  const authorization = `Bearer ${await client.token()}`;
  const sending = { method: 'POST', headers: { ...headers, authorization }, body };
  const { reply, error } = await client.sendToTheEnd('/api/data/v9.2/$batch', sending);
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  return reply;
}

const statuses = (reply: Reply) => partsOf(reply.headers['content-type'] ?? '', reply.body).map(({ status }) => status);

describe('a $batch', () => {
  it('runs in order and is answered in order, part by part', async () => {
    const { client, emulator } = await runningEmulator();
    const tags = ['3', '1', '2'];
    const reply = await sendBatch(
      client,
      tags.map((tag) => ({ uri: `${URI}?tag=${tag}`, body: PURCHASE_BODY })),
    );
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toMatch(/^multipart\/mixed; boundary=batchresponse_[0-9a-f-]{36}$/);
    expect(statuses(reply)).toEqual([204, 204, 204]);
    expect(emulator.received().map(({ tag }) => tag)).toEqual(tags);
    expect(new Set(emulator.received().map(({ batchId }) => batchId)).size).toBe(1);
    expect(emulator.received()[0]?.batchId).toEqual(expect.any(String));
  });

  it('has parts of exactly the documented form', async () => {
    const { client } = await runningEmulator();
    const reply = await sendBatch(client, [GOOD]);
    const boundary = reply.headers['content-type']?.split('boundary=')[1];
    expect(reply.body).toBe(
      `--${boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\n\r\n\r\n--${boundary}--\r\n`,
    );
  });

  it('stops at the first error, whose status is then its own', async () => {
    const { client, emulator } = await runningEmulator();
    const reply = await sendBatch(client, [GOOD, BAD, GOOD]);
    expect([reply.status, statuses(reply)]).toEqual([404, [204, 404]]);
    expect(emulator.receivedCount).toBe(1);
  });

  it('goes on past errors where it is told to', async () => {
    const { client, emulator } = await runningEmulator();
    const reply = await sendBatch(client, [GOOD, BAD, GOOD], `respond-async, ${CONTINUE}`);
    expect([reply.status, statuses(reply)]).toEqual([200, [204, 404, 204]]);
    const [, failed] = partsOf(reply.headers['content-type'] ?? '', reply.body);
    expect(failed?.head).toMatch(
      /^HTTP\/1\.1 404 Not Found\r\nREQ_ID: [0-9a-f-]{36}\r\nContent-Type: application\/json/,
    );
    expect(JSON.parse(failed?.body ?? '')).toMatchObject({ error: { code: '0x8006088a' } });
    expect(emulator.receivedCount).toBe(2);
  });

  it('takes absolute addresses, and bodies with line feeds of their own', async () => {
    const { client, emulator } = await runningEmulator();
    const body = PURCHASE_BODY.replace(',', ',\n');
    const reply = await sendBatch(client, [{ uri: `${emulator.url}${URI}`, body }]);
    expect(statuses(reply)).toEqual([204]);
    expect(emulator.received()[0]?.rawBody).toBe(body);
  });

  it('keeps text beyond ASCII as it is', async () => {
    const { client, emulator } = await runningEmulator();
    await sendBatch(client, [{ uri: URI, body: PURCHASE_BODY.replace('}', ',"Note":"Käse 😀"}') }]);
    expect(emulator.received()[0]?.parameters).toMatchObject({ Note: 'Käse 😀' });
  });

  it('takes reads among its operations', async () => {
    const { client } = await runningEmulator();
    const reply = await sendBatch(client, [{ method: 'GET', uri: '/api/data/v9.2/WhoAmI' }, GOOD]);
    expect(statuses(reply)).toEqual([200, 204]);
  });

  it('takes no batch within itself', async () => {
    const { client } = await runningEmulator();
    expect(statuses(await sendBatch(client, [{ uri: '/api/data/v9.2/$batch' }]))).toEqual([400]);
  });

  it('takes 1000 operations and not one more', async () => {
    const { client, emulator } = await runningEmulator({ limits: { requests: 3 } });
    const many = (count: number) => Array.from({ length: count }, () => GOOD);
    expect((await sendBatch(client, many(1000))).status).toBe(200);
    const refused = await sendBatch(client, many(1001));
    expect([refused.status, refused.json()]).toMatchObject([400, { error: { code: '0x80040203' } }]);
    expect(emulator.receivedCount).toBe(1000);
  });
});

describe('a $batch that is not written by the rules', () => {
  const { body: good } = batchOf([GOOD]);
  it.each([
    ['line feeds alone', good.replaceAll('\r\n', '\n')],
    ['a line feed in one header', good.replace('binary\r\n', 'binary\n')],
    ['a line feed in one inner header', good.replace('HTTP/1.1\r\n', 'HTTP/1.1\n')],
    ['no line end after the last boundary', good.slice(0, -2)],
    ['no last boundary', good.slice(0, good.lastIndexOf('--batch_1--'))],
    ['text before the first boundary', `hello\r\n${good}`],
    ['another boundary', good.replaceAll('batch_1', 'batch_2')],
    ['a part of another type', good.replace('application/http', 'application/json')],
    ['a part without encoding', good.replace('Content-Transfer-Encoding: binary\r\n', '')],
    ['no request line', good.replace('POST ', '')],
    ['no operation', '--batch_1--\r\n'],
    ['nothing', ''],
  ])('is refused for %s, and nothing of it runs', async (_what, body) => {
    const { client, emulator } = await runningEmulator();
    const reply = await client.api('$batch', { method: 'POST', headers: batchOf([]).headers, body });
    expect([reply.status, statuses(reply)]).toEqual([400, [400]]);
    expect(reply.body).toContain('System.ArgumentException: Stream was not readable.');
    expect(reply.body).toContain('0x80048d19');
    expect(emulator.receivedCount).toBe(0);
  });

  it('is refused without a boundary in its content type', async () => {
    const { client } = await runningEmulator();
    const headers = { 'content-type': 'application/json' };
    expect((await client.api('$batch', { method: 'POST', headers, body: good })).status).toBe(400);
    expect((await client.api('$batch')).status).toBe(404);
  });

  it('says that change sets are not emulated', async () => {
    const { client } = await runningEmulator();
    const body = good.replace('application/http', 'multipart/mixed; boundary=changeset_1');
    expect((await client.api('$batch', { method: 'POST', headers: batchOf([]).headers, body })).status).toBe(501);
  });
});

describe('a throttled $batch', () => {
  it('is one request for the limit, and refused as a whole', async () => {
    const { client } = await runningEmulator({ limits: { requests: 1 } });
    expect((await sendBatch(client, [GOOD, GOOD, GOOD])).status).toBe(200);
    const refused = await sendBatch(client, [GOOD, GOOD]);
    expect([refused.status, refused.headers['content-type']]).toEqual([
      429,
      'application/json; odata.metadata=minimal',
    ]);
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
  });

  it('is refused part by part where the options ask for it', async () => {
    const { client, emulator } = await runningEmulator({
      limits: { requests: 1 },
      unconfirmed: { throttledBatch: 'parts' },
    });
    await sendBatch(client, [GOOD]);
    const refused = await sendBatch(client, [GOOD, GOOD], CONTINUE);
    expect([refused.status, statuses(refused)]).toEqual([200, [429, 429]]);
    expect(refused.body).toMatch(/Retry-After: \d+\r\n/);
    expect(emulator.receivedCount).toBe(1);
  });
});

describe('a fault that breaks the answer off', () => {
  const three = [GOOD, GOOD, GOOD];

  it.each([0, 1, 2, 3])('lets %i whole parts come, of operations that all ran', async (afterParts) => {
    const { client, emulator } = await runningEmulator();
    emulator.fault({ kind: 'truncate', afterParts, match: { target: 'batch' } });
    const { status, body } = await cutOffReply(client, three);
    expect(status).toBe(200);
    expect(body.split('HTTP/1.1 204').length - 1).toBe(afterParts);
    expect(body).toMatch(/--batchresponse_[0-9a-f-]{36}(\r\n|--)$/);
    expect(emulator.receivedCount).toBe(3);
  });

  it.each([
    ['before it ran', 'before-commit', 1],
    ['after it ran', 'after-commit', 2],
  ] as const)('at an operation, %s: what follows never runs', async (_, when, received) => {
    const { client, emulator } = await runningEmulator();
    emulator.fault({ kind: 'truncate', when, every: 2, match: { target: 'part' } });
    const { body } = await cutOffReply(client, three);
    expect(body.split('HTTP/1.1 204')).toHaveLength(2);
    expect(emulator.receivedCount).toBe(received);
  });

  it.each([
    ['before it ran', 'before-commit', 1],
    ['after it ran', 'after-commit', 2],
  ] as const)('and resets the connection at an operation, %s', async (_, when, received) => {
    const { client, emulator } = await runningEmulator();
    await client.token();
    emulator.fault({ kind: 'reset', when, every: 2, match: { target: 'part' } });
    await expect(sendBatch(client, three, CONTINUE)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(emulator.receivedCount).toBe(received);
    expect(emulator.requests().at(-1)).toMatchObject({ status: null, committed: received });
  });

  it('halves an answer that has not so many parts', async () => {
    const { client, emulator } = await runningEmulator();
    emulator.fault({ kind: 'truncate', afterParts: 4 });
    const { body } = await cutOffReply(client, three);
    expect(body.split('HTTP/1.1 204').length).toBeGreaterThan(1);
  });
});

describe('a fault meant for one operation', () => {
  it('meets it before or after its commit, and leaves the others alone', async () => {
    const { client, emulator } = await runningEmulator();
    const match = { target: 'part', customApi: 'contoso_CustomerPurchase' } as const;
    emulator.failNext({ status: 500, code: '0x80044150', match });
    emulator.failNext({ status: 503, match, when: 'after-commit' });
    const reply = await sendBatch(client, [GOOD, GOOD, GOOD], CONTINUE);
    expect(statuses(reply)).toEqual([500, 503, 204]);
    expect(reply.body).toContain('0x80044150');
    expect(emulator.receivedCount).toBe(2);
  });

  it('throttles a part with a waiting time of its own', async () => {
    const { client, emulator } = await runningEmulator();
    emulator.throttleNext(1, { retryAfterSeconds: 7, match: { target: 'part' } });
    const reply = await sendBatch(client, [GOOD, GOOD], CONTINUE);
    expect(statuses(reply)).toEqual([429, 204]);
    expect(reply.body).toContain('Retry-After: 7\r\n');
  });
});
