import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { NO_LIMITS } from '../../src/emulator/limits/service-protection-limits.js';
import { seal } from '../../src/ingest/seal.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { newEventId } from '../../src/kernel/ids.js';
import type { NewEvent } from '../../src/outbox/event-record.js';
import { openStore } from '../../src/outbox/open-store.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';
import { until } from '../support/until.js';

const MANY = 20_000;
const REPLAYED = 3_000;
const PER_APPEND = 1_000;
/** What may go before a single event, in events and not in time: a machine that stalls holds up all of them. */
const FEW = 500;

let environment: Environment;
beforeEach(async () => {
  environment = await createEnvironment({ limits: NO_LIMITS, serverTimeMs: 20 });
});
afterEach(() => environment.remove());

async function withGateway(walk: (gateway: RunningGateway) => Promise<void>): Promise<void> {
  const gateway = await RunningGateway.start(environment, { DELIVERY_CONCURRENCY: '10', DELIVERY_BATCH_SIZE: '5' });
  try {
    await walk(gateway);
  } finally {
    await gateway.stop();
  }
}

/** Purchases of one client that were accepted before the gateway started. */
async function accepted(client: string, count: number): Promise<void> {
  const catalog = await loadEventCatalog(new URL('../../src/events/', import.meta.url), 'contoso');
  const definition = catalog.find('CustomerPurchase');
  if (definition === null || definition === undefined) throw new Error('there is no such type');
  const purchase = (n: number): NewEvent => {
    const content = purchaseOf(`${client}-${n}`) as Readonly<Record<string, unknown>>;
    return seal({ definition, content, client, identity: { kind: 'business' }, traceparent: '' }, newEventId());
  };
  const store = await openStore({ databaseUrl: environment.databaseUrl, role: 'owner', clock: new SystemClock() });
  for (let done = 0; done < count; done += PER_APPEND) {
    const size = Math.min(PER_APPEND, count - done);
    await store.outbox.append(Array.from({ length: size }, (_, n) => purchase(done + n)));
  }
  await store.close();
}

/** Publishes one event and tells how many of others Dataverse took before it. */
async function overtakenBy(gateway: RunningGateway, purchaseId: string): Promise<number> {
  const { emulator } = environment;
  const before = emulator.receivedCount;
  const { status, body } = await gateway.publish('customer-purchase', purchaseOf(purchaseId));
  expect(status).toBe(202);
  await until(() => emulator.received().some(({ tag }) => tag === body.id));
  const own = emulator.received().findIndex(({ tag }) => tag === body.id);
  return emulator.receivedCount - emulator.received().length + own - before;
}

describe('a client with twenty thousand events waiting', () => {
  it('does not hold up the single events of another', async () => {
    await accepted('bulk', MANY);
    await withGateway(async (gateway) => {
      await until(() => environment.emulator.receivedCount > 100);
      const others: number[] = [];
      for (let n = 0; n < 5; n++) others.push(await overtakenBy(gateway, `single-${n}`));

      expect(Math.max(...others)).toBeLessThan(FEW);
      // It still waited: none of the five came after it.
      expect(environment.emulator.receivedCount).toBeLessThan(MANY / 2);
    });
  }, 120_000);
});

describe('a replay of thousands', () => {
  it('does not hold up live traffic', async () => {
    await accepted('till', REPLAYED);
    await withGateway(async (gateway) => {
      await until(() => environment.emulator.receivedCount === REPLAYED, 40_000);
      const filter = { type: 'CustomerPurchase', status: 'delivered', client: 'till' };
      const replay = gateway.operate('POST', '/v1/replays', {
        filter,
        force: true,
        reason: 'the subscriber lost them',
      });
      await until(() => environment.emulator.receivedCount > REPLAYED + 20);
      const others: number[] = [];
      for (let n = 0; n < 3; n++) others.push(await overtakenBy(gateway, `live-${n}`));

      expect(Math.max(...others)).toBeLessThan(FEW);
      expect(environment.emulator.receivedCount).toBeLessThan(2 * REPLAYED);
      expect(await replay).toMatchObject({ status: 200, body: { count: REPLAYED } });
    });
  }, 120_000);
});
