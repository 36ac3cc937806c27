import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';

const EVENTS = 200;
const CONCURRENCY = 4;

describe('a gateway whose Dataverse enforces its service protection limits', () => {
  let environment: Environment;
  let gateway: RunningGateway;

  beforeEach(async () => {
    environment = await createEnvironment({ limits: { windowMs: 2_000, requests: 60 } });
    // In batches all of it would pass within the limit: a batch is one request.
    gateway = await RunningGateway.start(environment, {
      DELIVERY_BATCH_SIZE: '1',
      DELIVERY_CONCURRENCY: `${CONCURRENCY}`,
    });
  });

  afterEach(async () => {
    await gateway.stop();
    await environment.remove();
  });

  it('waits as long as it is told, sends nothing meanwhile, and delivers everything', async () => {
    const ids = await Promise.all(
      Array.from({ length: EVENTS }, async (_, n) => {
        const { body } = await gateway.publish('customer-purchase', purchaseOf(`throttled-${n}`));
        return body.id;
      }),
    );
    const calls = await environment.emulator.whenReceived(EVENTS, 60_000);

    expect(new Set(calls.map(({ tag }) => tag))).toEqual(new Set(ids));
    expect(calls).toHaveLength(EVENTS);
    expect(environment.emulator.requests().some(({ status }) => status === 429)).toBe(true);
    // What was under way when the gate closed may still arrive, however late a busy machine reads it; more does not.
    const underWay = new Map<number, number>();
    for (const { at, msAfterClosing } of environment.emulator.earlyCalls().newest) {
      underWay.set(at - msAfterClosing, (underWay.get(at - msAfterClosing) ?? 0) + 1);
    }
    expect(Math.max(0, ...underWay.values())).toBeLessThan(CONCURRENCY);
  }, 120_000);
});
