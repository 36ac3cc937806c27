import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CloudEvent, HTTP } from 'cloudevents';
import { readContext } from '../../src/receipts/context/read-context.js';
import type { RemoteExecutionContext } from '../../src/receipts/context/remote-execution-context.js';
import { toCloudEvent } from '../../src/receipts/context/to-cloud-event.js';
import { writeContext } from '../../src/receipts/context/write-context.js';
import { type Receiver, receiver } from '../emulator/support/receiver.js';
import { REGISTERED_ORIGIN, registerWebhook } from '../emulator/support/webhooks.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { RunningGateway } from '../support/running-gateway.js';

const PURCHASE = {
  purchaseId: 'S017-T3-20261122-000482',
  occurredAt: '2026-11-22T10:00:00Z',
  storeId: 'store-017',
  totalAmount: '24.85',
  currencyCode: 'EUR',
  contactId: '0f8fad5b-d9cb-469f-a165-70867728950e',
};
const PUBLISHED = {
  id: 'S017-T3-000482',
  source: 'https://pos.contoso.com/stores/017',
  type: 'com.contoso.CustomerPurchase',
  time: PURCHASE.occurredAt,
};

describe('a CloudEvent that went through the gateway and Dataverse to a subscriber', () => {
  let environment: Environment;
  let gateway: RunningGateway;
  let subscriber: Receiver;

  beforeEach(async () => {
    subscriber = await receiver();
    environment = await createEnvironment({ webhookRoutes: new Map([[REGISTERED_ORIGIN, subscriber.origin]]) });
    registerWebhook(environment.emulator, { message: 'contoso_CustomerPurchase' });
    gateway = await RunningGateway.start(environment);
  });

  afterEach(async () => {
    await gateway.stop();
    await environment.remove();
  });

  it('is the same event, by the id that the gateway gave it', async () => {
    const { id } = await publish();
    const context = await received();
    const { source, type, time } = PUBLISHED;
    const event = toCloudEvent(context, {
      type,
      nameOf: (parameter) => parameter.charAt(0).toLowerCase() + parameter.slice(1),
    });
    expect(event).toMatchObject({ id, tag: id, source, type });
    expect(Date.parse(event.time ?? '')).toBe(Date.parse(time));
    const { eventId, eventSource, ...data } = event.data ?? {};
    expect({ eventId, eventSource }).toEqual({ eventId: id, eventSource: source });
    expect(data).toEqual({ ...PURCHASE, occurredAt: new Date(PURCHASE.occurredAt).toISOString() });
  });

  it('came as a context that is written as it was read', async () => {
    await publish();
    const context = await received();
    expect(writeContext(context)).toBe(subscriber.seen[0]?.body);
  });

  async function publish(): Promise<{ readonly id: string }> {
    const { headers, body } = HTTP.structured(new CloudEvent({ ...PUBLISHED, data: PURCHASE }));
    const answer = await fetch(`${gateway.url}/v1/events`, {
      method: 'POST',
      headers: { ...(headers as Record<string, string>), Authorization: `Bearer ${gateway.apiKey}` },
      body: body as string,
    });
    expect(answer.status).toBe(202);
    return (await answer.json()) as { readonly id: string };
  }

  async function received(): Promise<RemoteExecutionContext> {
    await environment.emulator.whenReceived(1);
    await environment.emulator.asyncService.whenIdle();
    return readContext(subscriber.seen[0]?.body ?? '');
  }
});
