import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Gateway } from '../../src/gateway.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { createLogger } from '../../src/operations/log/logger.js';
import { openStore } from '../../src/outbox/open-store.js';
import { readSettings } from '../../src/settings/read-settings.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { until } from '../support/until.js';
import { contextOf } from './support/contexts.js';

const SECRETS = { header: 'marker-of-a-header', key: 'marker+of/a-key=', parameter: 'marker of a parameter' };
const WAYS = [
  { kind: 'http-header', headers: { 'x-hook-key': SECRETS.header } },
  { kind: 'webhook-key', key: SECRETS.key },
  { kind: 'query-string', parameters: { sig: SECRETS.parameter } },
];
const NOBODY = '0199e2a4-7c3e-7b1a-9f2d-4b8c6d1e0f3a';
const SOON_MS = 20_000;

let environment: Environment;
let gateway: Gateway | null;
let log: string[];
beforeEach(async () => {
  environment = await createEnvironment();
  const hookAuth = join(environment.folder, 'hook-auth.json');
  await writeFile(hookAuth, JSON.stringify(WAYS), { mode: 0o600 });
  log = [];
  gateway = await Gateway.start({
    settings: readSettings({ PORT: '0', HOST: '127.0.0.1', ...environment.settings, HOOK_AUTH_FILE: hookAuth }),
    logger: createLogger({ level: 'trace', to: { write: (line) => void log.push(line) } }),
    ca: environment.emulator.caCertificate,
  });
});
afterEach(async () => {
  environment.emulator.releaseHanging();
  await gateway?.stop(2_000);
  await environment.remove();
});

function running(): Gateway {
  if (gateway === null) throw new Error('the gateway has stopped');
  return gateway;
}

async function publish(purchaseId: string): Promise<string> {
  const apiKey = await environment.createClient(`till-${purchaseId}`);
  const answer = await fetch(`${running().url}/v1/events/customer-purchase`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(purchaseOf(purchaseId)),
  });
  return String(((await answer.json()) as { id: string }).id);
}

interface Posted {
  readonly status: number;
  readonly text: string;
}

async function post(path: string, headers = {}, body: string = JSON.stringify(contextOf(NOBODY))): Promise<Posted> {
  const answer = await fetch(`${running().url}${path}`, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text() };
}

describe('the secrets of the receiver', () => {
  it('are in no answer and in no line of the log, right ones and wrong ones, nor is anything of a context', async () => {
    const code = `code=${encodeURIComponent(SECRETS.key)}`;
    const right = { 'x-hook-key': SECRETS.header };
    const answers = [
      await post('/hooks/dataverse', right),
      await post(`/hooks/dataverse?${code}`),
      await post(`/hooks/dataverse?sig=${encodeURIComponent(SECRETS.parameter)}`),
      await post(`/hooks/dataverse?${code}&code=marker-of-nobody`),
      await post('/hooks/dataverse?code=marker-of-nobody', { 'x-hook-key': 'marker-of-nobody' }),
      await post(`/hooks/dataverse?${code}`, {}, 'marker-of-nonsense'),
      await post(`/hooks/dataverse?${code}`, {}, JSON.stringify({ MessageName: { marker: 'marker' } })),
      await post(`/hooks/dataverse?${code}&marker=%zz`),
      await post(`/hooks/nowhere?${code}`),
      await post(`/hooks/%zz?${code}`),
      await post(`/hooks/dataverse?${code}`, { 'Content-Type': 'marker' }),
      await post(`/hooks/dataverse?${code}`, {}, JSON.stringify(contextOf(NOBODY, { MessageName: 'Create' }))),
    ];

    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 401, 401, 400, 400, 400, 404, 400, 415, 204]);
    const refused = log.filter((line) => line.includes('receipt.refused')).join('\n');
    expect(refused).toContain('"reason":"secret-invalid","channel":"webhook","from":"127.0.0.1","count":1');
    const everything = [...answers.map(({ text }) => text), ...log];
    expect(everything.filter((text) => /marker|%2Bof%2Fa/.test(text))).toEqual([]);
  });

  it('that are wrong do not slow those who use the API from the same address', async () => {
    const wrong = Array.from({ length: 31 }, () => post('/hooks/dataverse', { 'x-hook-key': 'wrong' }));
    expect((await Promise.all(wrong)).map(({ status }) => status)).toContain(429);
    const answer = await fetch(`${running().url}/v1/event-types`, { headers: { Authorization: 'Bearer nobodys' } });
    expect(answer.status).toBe(401);
  });
});

describe('a gateway that stops while a call is under way', () => {
  it('still takes the receipt of that call, and is gone afterwards', async () => {
    environment.emulator.hang({ when: 'after-commit', match: { target: 'call' } });
    const id = await publish('last');
    await until(() => environment.emulator.received().length > 0, SOON_MS);
    const { url } = running();
    const stopped = running().stop(SOON_MS);

    const { status } = await post('/hooks/dataverse', { 'x-hook-key': SECRETS.header }, JSON.stringify(contextOf(id)));

    gateway = null;
    expect(status).toBe(204);
    environment.emulator.releaseHanging();
    await stopped;
    await expect(fetch(`${url}/hooks/dataverse`, { method: 'POST' })).rejects.toThrow();
    const store = await openStore({ databaseUrl: environment.databaseUrl, role: 'guest', clock: new SystemClock() });
    const event = await store.outbox.find(id).finally(() => store.close());
    expect(event).toMatchObject({ status: 'delivered', confirmedAt: expect.any(Number) });
  });

  it('refuses a receipt whose body comes after it, so that Dataverse posts it to who comes next', async () => {
    const body = JSON.stringify(contextOf(NOBODY));
    const late = await begin('/hooks/dataverse', { 'x-hook-key': SECRETS.header, 'Content-Length': body.length });
    const { url } = running();
    const stopped = running().stop(SOON_MS);
    gateway = null;
    await until(
      () =>
        fetch(`${url}/health/live`).then(
          () => false,
          () => true,
        ),
      SOON_MS,
    );

    late.request.end(body);

    expect((await late.answered).statusCode).toBe(503);
    await stopped;
    expect(log.filter((line) => line.includes('receipt.refused')).join()).toContain('"reason":"shutting-down"');
  });
});

/** Begins a post; resolves once the gateway has asked for its body. */
async function begin(path: string, headers: OutgoingHttpHeaders) {
  const outgoing = request(`${running().url}${path}`, {
    method: 'POST',
    headers: { ...headers, Expect: '100-continue' },
  });
  const answered = once(outgoing, 'response').then(([answer]) => answer as IncomingMessage);
  outgoing.flushHeaders();
  await once(outgoing, 'continue');
  return { request: outgoing, answered };
}
