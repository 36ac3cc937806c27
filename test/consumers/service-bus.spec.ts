import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PeerQueue } from '../receipts/support/peer-queue.js';
import { ServiceBusPeer } from '../receipts/support/service-bus-peer.js';
import { until } from '../support/until.js';
import { ConsumerProcess } from './support/consumer-process.js';
import { consumerProject } from './support/consumer-project.js';
import { contextText, strippedText } from './support/context-text.js';
import { shown } from './support/shown.js';

const BUILD_MS = 120_000;
const QUEUE = 'purchases';
const DIES = new URL('support/dies-after-commit.mjs', import.meta.url);
const ONE = 'number:C-100482 24.85 EUR (1)\n';

let project: string;
beforeAll(async () => {
  project = await consumerProject();
}, BUILD_MS);
afterAll(() => rm(project, { recursive: true }));

describe('the totals behind a Service Bus queue', () => {
  let folder: string;
  let peer: ServiceBusPeer;
  let queue: PeerQueue;
  let consumer: ConsumerProcess;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'consumer-'));
    peer = await ServiceBusPeer.start([]);
    queue = peer.addQueue(QUEUE);
  });
  afterEach(async () => {
    await consumer.stop();
    await peer.stop();
    await rm(folder, { recursive: true });
  });

  const file = () => join(folder, 'totals.db');
  const kept = () =>
    shown({ project, script: 'total-per-customer/show-totals.js', environment: { TOTALS_FILE: file() } });

  async function start(preload?: URL): Promise<void> {
    consumer = await ConsumerProcess.start({
      project,
      script: 'total-per-customer/service-bus.js',
      environment: {
        SERVICE_BUS_CONNECTION_STRING: peer.connectionString,
        SERVICE_BUS_QUEUE: QUEUE,
        TOTALS_FILE: file(),
        PAUSE_MS: '50',
      },
      ...(preload === undefined ? {} : { preload }),
    });
  }

  it('count a purchase once that was posted twice, to the digit', async () => {
    await start();
    const large = { eventId: '019aab11-6f2e-7c3a-9d4e-000000000001', amount: '999999999999999.9999' };
    for (const body of [contextText(), contextText(large), contextText()]) peer.post(QUEUE, body);
    await until(() => queue.completed.length === 3);
    expect(await kept()).toBe('number:C-100482 1000000000000024.8499 EUR (2)\n');
  });

  it('complete what is none of theirs, and put aside with a reason what they cannot count', async () => {
    await start();
    peer.post(QUEUE, contextText({ message: 'contoso_VendorPaymentPosted' }));
    peer.post(QUEUE, 'purchase=1');
    peer.post(QUEUE, strippedText(), { MessageMaxSizeExceeded: true });
    await until(() => queue.completed.length === 1 && queue.deadLetters.length === 2);
    expect(queue.deadLetters.map(({ reason }) => reason)).toEqual(['not a purchase', 'not a purchase']);
    expect(await kept()).toBe('');
  });

  it('give back what they cannot store, and count it once the database is there again', async () => {
    await start();
    const holder = new DatabaseSync(file());
    holder.exec('BEGIN IMMEDIATE');
    const deliveries = countDeliveries(queue);
    peer.post(QUEUE, contextText());
    await until(() => deliveries() > 0);
    expect(queue.completed).toEqual([]);
    holder.exec('ROLLBACK');
    holder.close();
    await until(() => queue.completed.length === 1);
    expect(await kept()).toBe(ONE);
  });

  it('count once what killed them between the commit and the settlement', async () => {
    await start(DIES);
    peer.post(QUEUE, contextText());
    expect(await consumer.exited).toBe('SIGKILL');
    expect(queue.completed).toEqual([]);
    queue.loseLocks();
    await start();
    await until(() => queue.completed.length === 1);
    expect(await kept()).toBe(ONE);
  });

  it('go on after the connection was cut, and drop what comes again by it', async () => {
    await start();
    peer.cutsAtSettlement = true;
    peer.post(QUEUE, contextText());
    await until(() => queue.completed.length === 1);
    expect(await kept()).toBe(ONE);
  });
});

/** How often messages of a queue were given back. */
function countDeliveries(queue: PeerQueue): () => number {
  let count = 0;
  const unlock = queue.unlock.bind(queue);
  queue.unlock = (queued) => {
    count += 1;
    return unlock(queued);
  };
  return () => count;
}
