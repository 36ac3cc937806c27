import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CloudEvent, HTTP } from 'cloudevents';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';

describe('a CloudEvent on its walk from an integration to Dataverse', () => {
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

  it('arrives once, in whichever mode it was sent and sent again, with the source it named', async () => {
    const data = purchaseOf('cloud-1');
    const source = `https://pos.contoso.com/${'x'.repeat(488)}`;
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
    const event = new CloudEvent({
      id: '1',
      source,
      type: 'com.contoso.CustomerPurchase',
      time: '2026-11-22T10:00:00Z',
      data,
      traceparent,
    });
    const answers = [];
    for (const { headers, body } of [HTTP.structured(event), HTTP.binary(event)]) {
      const answer = await fetch(`${gateway.url}/v1/events`, {
        method: 'POST',
        headers: { ...(headers as Record<string, string>), Authorization: `Bearer ${gateway.apiKey}` },
        body: body as string,
      });
      answers.push({ status: answer.status, body: (await answer.json()) as { readonly id: string } });
    }
    const [first, again] = answers;
    expect(first?.status).toBe(202);
    expect(again).toMatchObject({ status: 202, body: { id: first?.body.id } });

    const [call, ...more] = await environment.emulator.whenReceived(1);
    expect(more).toEqual([]);
    expect(call?.customApi).toBe('contoso_CustomerPurchase');
    expect(call?.tag).toBe(first?.body.id);
    expect(call?.headers.traceparent).toContain(trace);
    expect(call?.parameters).toMatchObject({
      EventId: first?.body.id,
      EventSource: source,
      PurchaseId: 'cloud-1',
      OccurredAt: '2026-11-22T10:00:00Z',
    });
  });
});
