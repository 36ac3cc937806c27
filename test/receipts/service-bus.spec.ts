import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StorageError } from '../../src/outbox/storage.error.js';
import type { TakeResult } from '../../src/receipts/receipts.service.js';
import { until } from '../support/until.js';
import { CONFIRMED, type Listening, type ListeningOptions, listen, TakingReceipts } from './support/listening.js';
import type { PeerQueue } from './support/peer-queue.js';
import { ServiceBusPeer } from './support/service-bus-peer.js';

describe('The Service Bus listener', () => {
  let peer: ServiceBusPeer;
  let queue: PeerQueue;
  let listening: Listening | null = null;

  beforeEach(async () => {
    peer = await ServiceBusPeer.start([]);
    queue = peer.addQueue('receipts');
  });

  afterEach(async () => {
    await listening?.listener.stop(1000);
    listening = null;
    await peer.stop();
  });

  function start(receipts: TakingReceipts, more: Partial<ListeningOptions> = {}): Listening {
    listening = listen({ connectionString: peer.connectionString, receipts, ...more });
    return listening;
  }

  it('takes a context as it was posted, to the last digit, and completes its message', async () => {
    const receipts = new TakingReceipts();
    const { record } = start(receipts);
    peer.post('receipts', '{"Amount":12345678901234567890.10}');
    await until(() => queue.completed.length === 1);
    expect(receipts.arrivals).toEqual([
      { body: '{"Amount":12345678901234567890.10}', channel: 'service-bus', stripped: false },
    ]);
    expect(record.states).toEqual([{ kind: 'up' }]);
  });

  it("takes from a topic's subscription", async () => {
    const subscription = peer.addQueue('events/Subscriptions/gateway');
    start(new TakingReceipts(), {
      source: { kind: 'subscription', topic: 'events', subscription: 'gateway' },
    });
    peer.post('events/Subscriptions/gateway', '{}');
    await until(() => subscription.completed.length === 1);
  });

  it('completes a message after its receipt is durable, and not before', async () => {
    const { promise, resolve } = Promise.withResolvers<TakeResult>();
    const receipts = new TakingReceipts(() => promise);
    start(receipts);
    peer.post('receipts', '{}');
    await until(() => receipts.arrivals.length === 1);
    expect([queue.completed.length, queue.lockedCount]).toEqual([0, 1]);
    resolve(CONFIRMED);
    await until(() => queue.completed.length === 1);
  });

  it('takes as many at once as it may, so that they share a commit, and no more', async () => {
    const { promise, resolve } = Promise.withResolvers<TakeResult>();
    const receipts = new TakingReceipts(() => promise);
    for (let n = 0; n < 20; n += 1) peer.post('receipts', `${n}`);
    start(receipts);
    await until(() => receipts.arrivals.length === 16);
    expect(queue.lockedCount).toBe(16);
    resolve(CONFIRMED);
    await until(() => queue.completed.length === 20);
  });

  it('tells from its property that Dataverse removed the content', async () => {
    const receipts = new TakingReceipts();
    peer.post('receipts', '{}', { MessageMaxSizeExceeded: true });
    start(receipts);
    await until(() => queue.completed.length === 1);
    expect(receipts.arrivals[0]?.stripped).toBe(true);
  });

  it('completes what is foreign to the gateway', async () => {
    peer.post('receipts', '{}');
    start(new TakingReceipts(() => ({ kind: 'foreign' })));
    await until(() => queue.completed.length === 1);
    expect(queue.deadLetters).toEqual([]);
  });

  it('sets aside what is no context, with the reason and nothing of the content', async () => {
    peer.post('receipts', 'a secret of the customer');
    const { record } = start(new TakingReceipts(() => ({ kind: 'malformed', detail: 'It is no JSON object.' })));
    await until(() => record.setAside.length === 1);
    expect(queue.deadLetters).toMatchObject([{ reason: 'malformed', description: 'It is no JSON object.' }]);
    expect(record.setAside).toEqual([{ reason: 'malformed', detail: 'It is no JSON object.' }]);
  });

  it.each([
    { contentType: 'application/msbin1', body: Buffer.from([0x40, 0x06, 0x73]) },
    { contentType: 'application/xml', body: Buffer.from('<RemoteExecutionContext/>') },
    { contentType: 'application/json', body: Buffer.from('<RemoteExecutionContext/>') },
  ])('sets aside the format of $contentType, and says what to change', async ({ contentType, body }) => {
    peer.push('receipts', { body: peer.section(body), content_type: contentType });
    const receipts = new TakingReceipts();
    const { record } = start(receipts);
    await until(() => record.setAside.length === 1);
    expect(queue.deadLetters[0]).toMatchObject({
      reason: 'unsupported-format',
      description: expect.stringContaining('Set the message format of the service endpoint to JSON.'),
    });
    expect(receipts.arrivals).toEqual([]);
  });

  it.each([
    ['an AMQP string', '{"MessageName":"contoso_CustomerPurchase"}'],
    ['an AMQP map', { MessageName: 'contoso_CustomerPurchase' }],
  ])('takes a body that somebody re-sent as %s', async (_what, body) => {
    const receipts = new TakingReceipts();
    peer.push('receipts', { body });
    start(receipts);
    await until(() => queue.completed.length === 1);
    expect(receipts.bodies).toEqual(['{"MessageName":"contoso_CustomerPurchase"}']);
  });

  it('does not let a message be completed because its neighbour is, in the same turn', async () => {
    const { promise: together, resolve } = Promise.withResolvers<void>();
    const receipts = new TakingReceipts(async ({ body }) => {
      await together;
      if (body === 'not stored') throw new StorageError('storage-not-stored', 'the disk is full');
      return body === 'malformed' ? { kind: 'malformed', detail: 'no context' } : CONFIRMED;
    });
    for (const body of ['first', 'not stored', 'second', 'malformed', 'third']) peer.post('receipts', body);
    const { record } = start(receipts);
    await until(() => receipts.arrivals.length === 5);
    resolve();
    await until(() => record.kind === 'down');
    expect(queue.completed).toHaveLength(3);
    expect(queue.deadLetters).toHaveLength(1);
    expect(queue.length).toBe(1);
  });

  it('shares a queue with another listener, without taking anything twice', async () => {
    const receipts = new TakingReceipts();
    const another = listen({ connectionString: peer.connectionString, receipts });
    start(receipts);
    await until(() => peer.consumerCount === 2);
    const bodies = Array.from({ length: 100 }, (_, n) => `${n}`);
    for (const body of bodies) peer.post('receipts', body);
    await until(() => queue.completed.length === 100);
    expect(receipts.bodies.toSorted()).toEqual(bodies.toSorted());
    await another.listener.stop(1000);
  });
});
