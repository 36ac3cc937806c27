import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { type Answer, RunningGateway } from '../support/running-gateway.js';

const SEVERAL = 5;

describe('a till that waits for what becomes of its event', () => {
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

  async function published(purchaseId: string): Promise<string> {
    const { status, body } = await gateway.publish('customer-purchase', purchaseOf(purchaseId));
    expect(status).toBe(202);
    return `/v1/events/${body.id}`;
  }

  function outcomeOf({ status, body, headers }: Answer) {
    return [status, body.status, headers.get('preference-applied')];
  }

  it('hears of its delivery, and the summary counts it', async () => {
    for (let n = 0; n < SEVERAL; n += 1) {
      const self = await published(`wait-${n}`);
      expect(outcomeOf(await gateway.get(self, { Prefer: 'wait=30' }))).toEqual([200, 'delivered', 'wait=30']);
    }
    const { body } = await gateway.get('/v1/events/summary?source=store-017');
    expect(body.total).toMatchObject({ accepted: SEVERAL, delivered: SEVERAL, pending: 0 });
  });

  it('does not hold up a gateway that stops', async () => {
    await gateway.operate('PUT', '/v1/gates/type:CustomerPurchase', { paused: true, reason: 'a test' });
    const self = await published('wait-stop');
    const waiting = gateway.get(self, { Prefer: 'wait=30' });
    // Answered on the same listener, so the one before it is being waited for by then.
    await gateway.get(self);
    const begunAt = performance.now();
    await gateway.stop();
    expect(outcomeOf(await waiting)).toEqual([200, 'pending', null]);
    expect(performance.now() - begunAt).toBeLessThan(20_000);
    gateway = await RunningGateway.start(environment);
  });
});
