import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Fault } from '../../src/emulator/faults/fault.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';
import { until } from '../support/until.js';

const API = 'contoso_CustomerPurchase';
const GATE = '/v1/gates/type%3ACustomerPurchase';

describe('a gateway and a Dataverse that drifted apart', () => {
  let environment: Environment;
  let gateway: RunningGateway | null = null;

  beforeEach(async () => {
    environment = await createEnvironment();
  });

  afterEach(async () => {
    await gateway?.stop();
    gateway = null;
    await environment.remove();
  });

  const start = async () => {
    gateway = await RunningGateway.start(environment);
    return gateway;
  };
  const verification = async (of: RunningGateway) => {
    const { body } = await of.get('/v1/event-types/CustomerPurchase');
    return body.verification as { readonly status: string; readonly at: string | null; readonly detail: string | null };
  };
  const gateOf = async (running: RunningGateway) => {
    const { gates } = (await running.get('/v1/gates')).body as { gates: readonly Record<string, unknown>[] };
    return gates.find(({ name }) => name === 'type:CustomerPurchase');
  };
  /** Another type than the definition says, as a maker can register it: calls would be refused, event by event. */
  const retype = (type: number) => {
    const { tables } = environment.emulator;
    const api = tables.rows('customapi').find(({ uniquename }) => uniquename === API);
    const amount = tables
      .rows('customapirequestparameter')
      .find((row) => row.customapiid === api?.customapiid && row.uniquename === 'TotalAmount');
    tables.changeRow('customapirequestparameter', String(amount?.customapirequestparameterid), { type });
  };

  it('keeps the events of the type, spends no attempt on them, and delivers them once it is mended', async () => {
    retype(10);
    const running = await start();
    const { body: receipt } = await running.publish('customer-purchase', purchaseOf('drift-1'));
    await until(async () => (await gateOf(running))?.cause === 'drift');
    const { body: payment } = await running.publish('vendor-payment-posted', {
      paymentId: 'drift-1',
      occurredAt: '2026-11-22T10:00:00Z',
      vendorNumber: 'V-1',
      companyCode: 'C-1',
      amount: '1.00',
      currencyCode: 'EUR',
    });
    const [call] = await environment.emulator.whenReceived(1);

    expect(call?.tag).toBe(payment.id);
    expect(await verification(running)).toMatchObject({
      status: 'drifted',
      detail: expect.stringContaining('TotalAmount'),
    });
    expect((await gateOf(running))?.detail).toContain('TotalAmount');
    expect((await running.get(`/v1/events/${receipt.id}`)).body).toMatchObject({ status: 'pending', attemptCount: 0 });
    expect((await running.get(`/v1/events/${receipt.id}/attempts`)).body.attempts).toEqual([]);
    expect((await running.get('/health/ready')).status).toBe(200);

    retype(8);
    await running.operate('POST', `${GATE}/probe`, { reason: 'mended' });
    const calls = await environment.emulator.whenReceived(2);
    expect(calls.map(({ tag }) => tag)).toEqual([payment.id, receipt.id]);
    expect(await verification(running)).toMatchObject({ status: 'verified', detail: null });
    expect((await gateOf(running))?.state).toBe('open');
  });

  it('tells what is the matter when a custom API is deleted while it runs', async () => {
    const running = await start();
    await until(async () => (await verification(running)).status === 'verified');
    const found = environment.emulator.customApis.find(({ uniqueName }) => uniqueName === API);
    environment.emulator.removeCustomApi(API);
    const { body: receipt } = await running.publish('customer-purchase', purchaseOf('drift-2'));
    await until(async () => (await gateOf(running))?.cause === 'drift');
    expect(await verification(running)).toMatchObject({ status: 'drifted', detail: expect.stringContaining(API) });

    if (found !== undefined) environment.emulator.putCustomApi(found);
    await running.operate('POST', `${GATE}/probe`);
    const [call] = await environment.emulator.whenReceived(1);
    expect(call?.tag).toBe(receipt.id);
  });

  it('costs one event where a parameter is retyped between two looks', async () => {
    const running = await start();
    await until(async () => (await verification(running)).status === 'verified');
    retype(10);
    const { body: first } = await running.publish('customer-purchase', purchaseOf('drift-3'));
    await until(async () => (await gateOf(running))?.cause === 'drift');
    const { body: second } = await running.publish('customer-purchase', purchaseOf('drift-4'));
    expect((await running.get(`/v1/events/${first.id}`)).body).toMatchObject({ status: 'dead' });

    retype(8);
    await running.operate('POST', `${GATE}/probe`);
    const [call] = await environment.emulator.whenReceived(1);
    expect(call?.tag).toBe(second.id);
    await running.operate('POST', `/v1/events/${first.id}/replay`, {});
    await environment.emulator.whenReceived(2);
  });

  it('keeps the Retry-After that a verification is answered with', async () => {
    const { emulator } = environment;
    emulator.fault({ kind: 'throttle', retryAfterSeconds: 2, match: { target: 'table' } });
    const running = await start();
    await until(() => emulator.throttledCount === 1);
    const { body: receipt } = await running.publish('customer-purchase', purchaseOf('throttled'));
    const [call] = await emulator.whenReceived(1);

    expect(call?.tag).toBe(receipt.id);
    expect(emulator.earlyCalls().newest).toEqual([]);
  });

  it.each<[string, Fault]>([
    [
      'no right to read it',
      { kind: 'status', status: 403, code: '0x80040220', message: 'missing prvReadCustomAPI privilege' },
    ],
    ['no such table', { kind: 'status', status: 404, code: '0x8006088a' }],
    ['no answer', { kind: 'hang' }],
    ['Dataverse is busy', { kind: 'status', status: 503, headers: { 'Retry-After': '600' } }],
    ['an answer that is none', { kind: 'truncate' }],
  ])('does not hold events up for want of a verification: %s', async (_why, fault) => {
    environment.emulator.fault({ ...fault, match: { target: 'table' }, times: null });
    const running = await start();
    const { body: receipt } = await running.publish('customer-purchase', purchaseOf('unread'));
    const [call] = await environment.emulator.whenReceived(1);

    expect(call?.tag).toBe(receipt.id);
    expect((await gateOf(running))?.state).toBe('open');
    const { status, detail } = await verification(running);
    expect(status).toBe('not-verified');
    expect(detail).not.toContain('missing prvReadCustomAPI');
    expect((await running.get('/health/ready')).status).toBe(200);
  });
});
