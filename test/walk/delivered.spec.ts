import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';
import { until } from '../support/until.js';

describe('an event on its walk from a till to Dataverse', () => {
  let environment: Environment;
  let gateway: RunningGateway;

  beforeEach(async () => {
    environment = await createEnvironment();
    gateway = await RunningGateway.start(environment);
  });

  afterEach(async () => {
    await gateway.stop();
    await environment.remove();
  });

  it('arrives once, with its envelope, its tag, its trace and every digit', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const event = { ...purchaseOf('walk-1'), totalAmount: '123456789012345.1000' };
    const { status, body } = await gateway.publish('customer-purchase', event, {
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
    });
    expect(status).toBe(202);

    const [call, ...more] = await environment.emulator.whenReceived(1);
    expect(more).toEqual([]);
    expect(call?.customApi).toBe('contoso_CustomerPurchase');
    expect(call?.tag).toBe(body.id);
    expect(call?.headers.traceparent).toContain(trace);
    expect(call?.parameters).toEqual({
      EventId: body.id,
      EventSource: 'store-017',
      PurchaseId: 'walk-1',
      OccurredAt: '2026-11-22T10:00:00Z',
      StoreId: 'store-017',
      TotalAmount: '123456789012345.1000',
      CurrencyCode: 'EUR',
    });
  });

  it('can be followed: pending or delivering, then delivered, with its attempt', async () => {
    const { body: receipt } = await gateway.publish('customer-purchase', purchaseOf('walk-2'));
    const self = `/v1/events/${receipt.id}`;
    await until(async () => (await gateway.get(self)).body.status === 'delivered');

    const { body: event } = await gateway.get(self);
    expect(event).toMatchObject({ type: 'CustomerPurchase', key: 'walk-2', attemptCount: 1, reason: null });
    expect(event.deliveredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const { body: timeline } = await gateway.get(`${self}/attempts`);
    expect(timeline.attempts).toMatchObject([{ number: 1, outcome: 'delivered', counted: true, httpStatus: 204 }]);
  });

  it('keeps its place among those of its ordering key, however many wait', async () => {
    const payment = (n: number) => ({
      paymentId: `pay-${n}`,
      occurredAt: '2026-11-22T10:00:00Z',
      vendorNumber: 'V-1',
      companyCode: 'DE01',
      amount: `${n}.00`,
      currencyCode: 'EUR',
    });
    environment.emulator.failNext({ status: 503 });
    for (let n = 1; n <= 20; n++) await gateway.publish('vendor-payment-posted', payment(n));

    const calls = await environment.emulator.whenReceived(20, 15_000);
    expect(calls.map(({ parameters }) => parameters.PaymentId)).toEqual(
      Array.from({ length: 20 }, (_, index) => `pay-${index + 1}`),
    );
  });

  it('outlives a restart of the gateway', async () => {
    environment.emulator.failNext({ status: 503, times: 1 });
    const { body } = await gateway.publish('customer-purchase', purchaseOf('walk-3'));
    await until(() => environment.emulator.requests().some(({ status }) => status === 503));
    await gateway.stop();
    gateway = await RunningGateway.start(environment);

    const [call] = await environment.emulator.whenReceived(1, 10_000);
    expect(call?.tag).toBe(body.id);
  });
});
