import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { type Answer, RunningGateway } from '../support/running-gateway.js';
import { until } from '../support/until.js';

const SEVERAL = 5;
const DEADLINE_MS = 10_000;

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

  it('is answered at once by a gateway that stops, whatever is under way', async () => {
    environment.emulator.hang({ match: { target: 'call' } });
    const self = await published('wait-stop');
    await until(async () => (await gateway.get(self)).body.status === 'delivering', DEADLINE_MS);
    const waiting = gateway.get(self, { Prefer: 'wait=30' });
    // On another connection, and answered after the other began to wait.
    await gateway.get(self);
    const stopping = gateway.stop(60_000);
    expect(outcomeOf(await waiting)).toEqual([200, 'delivering', null]);
    environment.emulator.releaseHanging();
    await stopping;
    gateway = await RunningGateway.start(environment);
  });
});
