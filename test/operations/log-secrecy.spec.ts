import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../../src/gateway.js';
import { createLogger } from '../../src/operations/log/logger.js';
import { readSettings } from '../../src/settings/read-settings.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { until } from '../support/until.js';

/** In no log line, whatever goes wrong. */
const EMAIL = 'marker-email@example.com';
const KEY_OF_NOBODY = 'beg_markerofakey_marker-of-an-api-key-that-nobody-has';
const MARKERS = [
  EMAIL,
  'marker-of-a-customer',
  'marker-of-an-unknown-property',
  'marker-of-broken-json',
  KEY_OF_NOBODY,
];

const PURCHASE = {
  occurredAt: '2026-11-22T10:00:00Z',
  storeId: 'store-017',
  totalAmount: '24.85',
  currencyCode: 'EUR',
  email: EMAIL,
  customerNumber: 'marker-of-a-customer',
};

let environment: Environment;
let gateway: Gateway;
let apiKey: string;
const log: string[] = [];

beforeAll(async () => {
  environment = await createEnvironment();
  const settings = readSettings({ ...environment.settings, PORT: '0', HOST: '127.0.0.1', DELIVERY_TIMEOUT_MS: '4000' });
  const logger = createLogger({ level: 'trace', to: { write: (line) => void log.push(line) } });
  gateway = await Gateway.start({ settings, logger, ca: environment.emulator.caCertificate });
  apiKey = await environment.createClient('till');
});
afterAll(async () => {
  await gateway.stop(2000);
  await environment.remove();
});

async function post(body: string, key = apiKey): Promise<{ readonly status: number; readonly id: string }> {
  const response = await fetch(`${gateway.url}/v1/events/customer-purchase`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body,
  });
  return { status: response.status, id: ((await response.json()) as { id?: string }).id ?? '' };
}

/** Sends a purchase and waits until an attempt to deliver it has been logged. */
async function deliver(purchaseId: string): Promise<void> {
  const { status, id } = await post(JSON.stringify({ ...PURCHASE, purchaseId }));
  expect(status).toBe(202);
  await until(() => log.some((line) => line.includes('delivery.attempted') && line.includes(id)));
}

describe('the log of a gateway to which everything happens', () => {
  it('tells of the attempts, but holds neither payload nor secret', async () => {
    const { emulator } = environment;
    const echo = { message: `Invalid value ${EMAIL}`, code: '0x80048d19' };

    await deliver('well');
    expect((await post(JSON.stringify({ ...PURCHASE, 'marker-of-an-unknown-property': EMAIL }))).status).toBe(400);
    expect((await post(`{"email": "marker-of-broken-json ${EMAIL}`)).status).toBe(400);
    expect((await post('{}', KEY_OF_NOBODY)).status).toBe(401);
    emulator.failNext({ status: 400, ...echo, match: { target: 'call' } });
    await deliver('refused by Dataverse, which quotes it');
    emulator.failNext({ status: 500, body: `<html>${EMAIL} marker-of-a-customer</html>`, match: { target: 'call' } });
    await deliver('answered with nonsense that quotes it');
    emulator.resetAfterCommit({ match: { target: 'call' } });
    await deliver('cut off');
    emulator.hang({ match: { target: 'call' } });
    await deliver('never answered');
    emulator.expireTokenOnNext({ target: 'call' });
    await deliver('with an expired token');
    emulator.revokeTokens();
    emulator.failNext({ status: 401, body: '{"error":"invalid_client"}', match: { target: 'token' } });
    await deliver('without a token');

    const text = log.join('');
    const token = /eyJ[\w-]+\.[\w-]+\./;
    expect(text).toContain('delivery.attempted');
    expect(text).toContain('"outcome":"rejected"');
    for (const marker of [...MARKERS, apiKey, environment.settings.AZURE_CLIENT_SECRET ?? '']) {
      expect(log.filter((line) => line.includes(marker))).toEqual([]);
    }
    expect(log.filter((line) => token.test(line))).toEqual([]);
  });
});
