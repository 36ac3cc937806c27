import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';

const valid = purchaseOf('refused');

describe('a request that is answered with 4xx', () => {
  let environment: Environment;
  let gateway: RunningGateway;

  beforeAll(async () => {
    environment = await createEnvironment();
    gateway = await RunningGateway.start(environment);
  });

  afterAll(async () => {
    await gateway.stop();
    await environment.remove();
  });

  it.each<[string, object | string, number]>([
    ['is cut short', '{"purchaseId":', 400],
    ['is no object', '[]', 400],
    ['has an unknown member', { ...valid, tip: '1.00' }, 400],
    ['lacks a required member', { purchaseId: 'refused' }, 400],
    ['has a number for money', { ...valid, totalAmount: 24.85 }, 400],
    ['has a day that does not exist', { ...valid, occurredAt: '2026-02-30T10:00:00Z' }, 400],
    ['has an instant without zone', { ...valid, occurredAt: '2026-11-22T10:00:00' }, 400],
    ['has a member twice', `{"purchaseId":"a",${JSON.stringify(valid).slice(1)}`, 400],
    ['tries the prototype', `{"__proto__":{},${JSON.stringify(valid).slice(1)}`, 400],
    ['has half a character', JSON.stringify({ ...valid, receiptNumber: 'x' }).replace('"x"', '"\\ud800"'), 400],
    ['is too large', { ...valid, receiptNumber: 'x'.repeat(65_536) }, 413],
  ])('because it %s is a problem, stored nowhere and never delivered', async (_, event, expected) => {
    const { status, headers, body } = await gateway.publish('customer-purchase', event);

    expect(status).toBe(expected);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({ status: expected, title: expect.any(String), type: expect.any(String) });
    const metrics = await fetch(`${gateway.url}/metrics`, { headers: { Authorization: `Bearer ${gateway.apiKey}` } });
    expect(await metrics.text()).not.toMatch(/^gateway_outbox_events\{[^}]*\} [1-9]/m);
    expect(environment.emulator.receivedCount).toBe(0);
  });
});
