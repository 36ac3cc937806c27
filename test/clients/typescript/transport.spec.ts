import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { NoAnswerError } from '../../../clients/typescript/src/no-answer.error.js';
import { ProblemError } from '../../../clients/typescript/src/problem.error.js';
import { type CallRequest, Transport } from '../../../clients/typescript/src/transport.js';
import { HeldTiming } from '../support/held-timing.js';
import { problemTurn, ScriptedServer, type Turn } from '../support/scripted-server.js';

const PATIENCE = { deadlineMs: 60_000, attemptTimeoutMs: 10_000, firstPauseMs: 100, longestPauseMs: 10_000 };
const EVENT = '{"purchaseId":"P-1","storeId":"ü"}';
const PUBLISH: CallRequest = { method: 'POST', path: '/v1/events/customer-purchase', body: EVENT };

let server: ScriptedServer;
let timing: HeldTiming;
let credentials: string[];
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());
beforeEach(() => {
  timing = new HeldTiming(1);
  credentials = [];
});

function call(request: CallRequest, patience = PATIENCE) {
  const credential = async () => `token-${credentials.push('asked')}`;
  return new Transport({ baseUrl: server.url, credential, patience, timing, fetch }).call(request);
}

describe('an event on its way', () => {
  it.each<[string, Turn]>([
    ['the connection is reset', 'reset'],
    ['the answer is cut off', 'cut off'],
    ['the gateway has too much to do', problemTurn(503, 'overloaded')],
    ['the gateway failed', problemTurn(500, 'internal-error')],
    ['the client goes too fast', problemTurn(429, 'rate-limited')],
    ['it took too long to arrive', problemTurn(408, 'request-timeout')],
    ['a proxy finds no gateway', { status: 502, body: '<html>' }],
    ['a proxy waits for the gateway in vain', { status: 504, body: '' }],
    ['a success is no JSON', { status: 200, body: '<html>Welcome</html>' }],
  ])('is sent again as it was when %s', async (_, turn) => {
    server.script(turn, turn, { status: 202, body: { id: 'E' } });
    expect((await call(PUBLISH)).body).toEqual({ id: 'E' });
    expect(server.seen.map(({ body }) => body)).toEqual([EVENT, EVENT, EVENT]);
    expect(timing.pauses).toEqual([100, 200]);
  });

  it.each([400, 401, 403, 404, 409, 413, 415, 422, 431])('is not sent again after a %i', async (status) => {
    server.script(problemTurn(status, 'no', { 'Retry-After': '1' }));
    await expect(call(PUBLISH)).rejects.toMatchObject({ name: 'ProblemError', status, slug: 'no' });
    expect(server.seen).toHaveLength(1);
  });

  it('waits as long as it is asked to', async () => {
    server.script(problemTurn(503, 'backlog-full', { 'Retry-After': '15' }), { status: 202 });
    await call(PUBLISH);
    expect(timing.pauses).toEqual([15_000]);
  });

  it('carries a fresh credential in every attempt', async () => {
    server.script(problemTurn(503, 'shutting-down'), { status: 202 });
    await call(PUBLISH);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('never follows a redirection, which would carry the credential elsewhere', async () => {
    server.script({ status: 307, headers: { Location: '/elsewhere' } });
    await expect(call(PUBLISH)).rejects.toMatchObject({ status: 307 });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a call that comes to nothing', () => {
  it('says that nobody knows when no attempt was answered', async () => {
    server.script('reset', 'reset', 'reset');
    // Pauses of ten and twenty seconds that are over at once; an attempt has ten that last.
    const patience = { ...PATIENCE, firstPauseMs: 10_000, longestPauseMs: 60_000 };
    await expect(call({ ...PUBLISH, deadlineMs: 40_000 }, patience)).rejects.toThrow(NoAnswerError);
    expect(server.seen).toHaveLength(3);
  });

  it('takes too long an attempt for one without an answer', async () => {
    server.script('silence', { status: 202, body: { id: 'E' } });
    // The first attempt's time is up once the server has it, however slow the machine is.
    const late = new AbortController();
    const limits = jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(late.signal);
    const answering = call(PUBLISH, { ...PATIENCE, attemptTimeoutMs: 9_999 });
    while (server.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    late.abort(new DOMException('late', 'TimeoutError'));
    expect((await answering).body).toEqual({ id: 'E' });
    expect(limits.mock.calls).toEqual([[9_999], [9_999]]);
    limits.mockRestore();
    expect(server.seen).toHaveLength(2);
  });

  it('ends at its deadline in the middle of an attempt', async () => {
    server.script('silence');
    const began = performance.now();
    await expect(call({ ...PUBLISH, deadlineMs: 50 })).rejects.toThrow(NoAnswerError);
    expect(performance.now() - began).toBeLessThan(PATIENCE.attemptTimeoutMs);
  });

  it('is a mistake at once where it cannot be sent at all', async () => {
    server.script({ status: 202 });
    await expect(call({ ...PUBLISH, headers: { 'Idempotency-Key': '\u2192' } })).rejects.toThrow('ByteString');
    expect([server.seen, timing.pauses]).toEqual([[], []]);
  });

  it('names every fault of the input', async () => {
    const errors = [{ pointer: '/totalAmount', detail: 'is required' }];
    const problem = { type: '/problems/invalid-event', title: 'T', status: 400, detail: 'D', instance: '/', errors };
    server.script({ status: 400, body: problem });
    const failure = await call(PUBLISH).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProblemError);
    expect(failure).toMatchObject({ slug: 'invalid-event', errors, message: '400 invalid-event: D' });
  });

  it('is a problem of its own kind where something else than the gateway answers', async () => {
    server.script({ status: 403, body: '<html>Forbidden</html>' });
    await expect(call(PUBLISH)).rejects.toMatchObject({ status: 403, slug: 'about:blank', errors: [] });
  });

  it("ends with the caller's reason when the caller aborts, in an attempt or before it", async () => {
    const reason = new Error('the till is closed');
    server.script('silence');
    const controller = new AbortController();
    const pending = call({ ...PUBLISH, signal: controller.signal });
    const aborted = expect(pending).rejects.toBe(reason);
    while (server.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(reason);
    await aborted;
    await expect(call({ ...PUBLISH, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.seen).toHaveLength(1);
  });

  it("is the caller's own mistake where the credential cannot be had", async () => {
    const credential = () => Promise.reject(new Error('no token today'));
    const transport = new Transport({ baseUrl: server.url, credential, patience: PATIENCE, timing, fetch });
    await expect(transport.call(PUBLISH)).rejects.toThrow('no token today');
    expect(timing.pauses).toEqual([]);
  });
});
