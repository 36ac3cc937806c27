import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { OwnStalls } from '../support/own-stalls.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';

const EVENTS = 200;
const CONCURRENCY = 4;
/** A call that was under way when the gate closed arrives within this time of it, unless this process stood still. */
const UNDER_WAY_MS = 1_000;

describe('a gateway whose Dataverse enforces its service protection limits', () => {
  let environment: Environment;
  let gateway: RunningGateway;
  let stalls: OwnStalls;

  beforeEach(async () => {
    stalls = new OwnStalls();
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
    stalls.stop();
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
    // What was under way when the gate closed may still arrive; more does not, and nothing begins meanwhile.
    const early = environment.emulator.earlyCalls().newest;
    const underWay = new Map<number, number>();
    for (const { at, msAfterClosing } of early) {
      underWay.set(at - msAfterClosing, (underWay.get(at - msAfterClosing) ?? 0) + 1);
    }
    expect(Math.max(0, ...underWay.values())).toBeLessThan(CONCURRENCY);
    const lateness = early.map(({ at, msAfterClosing }) => msAfterClosing - stalls.within(at - msAfterClosing, at));
    expect(lateness.filter((ms) => ms > UNDER_WAY_MS)).toEqual([]);
  }, 120_000);
});
