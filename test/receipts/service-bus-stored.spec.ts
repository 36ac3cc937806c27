import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StorageError } from '../../src/outbox/storage.error.js';
import { awaited } from '../outbox/support/receipts.js';
import { createEnvironment, type Environment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { until } from '../support/until.js';
import { contextOf } from './support/contexts.js';
import { type Listening, listen } from './support/listening.js';
import type { PeerQueue } from './support/peer-queue.js';
import { type ReceiverApp, startReceiver } from './support/receiver-app.js';
import { PEER_KEY, ServiceBusPeer } from './support/service-bus-peer.js';

let peer: ServiceBusPeer;
let queue: PeerQueue;

beforeEach(async () => {
  peer = await ServiceBusPeer.start([]);
  queue = peer.addQueue('receipts');
});

afterEach(() => peer.stop());

const post = (context: object) => peer.post('receipts', JSON.stringify(context));

describe('A listener before the real store', () => {
  /** What the store answers to the next receipts instead of taking them. */
  let failures: Error[];
  let receiver: ReceiverApp;
  let listening: Listening;

  beforeEach(async () => {
    failures = [];
    receiver = await startReceiver({
      receipts: (real) => ({
        confirm: async (receipts) => {
          const failure = failures.shift();
          if (failure !== undefined) throw failure;
          return real.confirm(receipts);
        },
        listReceipts: (id) => real.listReceipts(id),
        markOverdue: (limit) => real.markOverdue(limit),
      }),
    });
    listening = listen({ connectionString: peer.connectionString, receipts: receiver.service });
  });

  afterEach(async () => {
    await listening.listener.stop(1000);
    await receiver.close();
  });

  it('confirms an event', async () => {
    const id = await awaited(receiver.store);
    post(contextOf(id));
    await until(() => queue.completed.length === 1);
    expect(await receiver.store.receipts.listReceipts(id)).toMatchObject([
      { channel: 'service-bus', result: 'confirmed', stripped: false },
    ]);
  });

  it('takes what was stored and not completed for repeated when it comes again', async () => {
    const id = await awaited(receiver.store);
    peer.cutsAtSettlement = true;
    post(contextOf(id));
    await until(() => queue.completed.length === 1);
    expect(receiver.journal).toEqual(['confirmed', 'repeated']);
    expect(await receiver.store.receipts.listReceipts(id)).toHaveLength(1);
  });

  it('has each vain try counted once, for its own reason, until the receipt is stored', async () => {
    failures = [new RangeError('a bug'), new StorageError('storage-not-stored', 'the disk is full')];
    post(contextOf(await awaited(receiver.store)));
    await until(() => queue.completed.length === 1);
    expect(receiver.journal).toEqual(['refused failed', 'refused not-stored', 'confirmed', 'repeated']);
  });

  it('stores receipts that come together, each once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 50; n += 1) ids.push(await awaited(receiver.store));
    for (const id of ids) post(contextOf(id));
    await until(() => queue.completed.length === 50);
    expect(receiver.journal).toEqual(Array.from({ length: 50 }, () => 'confirmed'));
  });

  it('completes a context of a foreign message, and sets aside what is no context', async () => {
    post(contextOf('0199d1a2-0000-7000-8000-000000000001', { MessageName: 'Create' }));
    peer.post('receipts', '{"secret of the customer": tru');
    await until(() => queue.completed.length === 1 && queue.deadLetters.length === 1);
    expect(receiver.journal.toSorted()).toEqual(['foreign Create', 'refused malformed']);
    expect(queue.deadLetters[0]).toMatchObject({ reason: 'malformed' });
    expect(JSON.stringify(listening.record.setAside)).not.toContain('customer');
  });
});

describe('A gateway with a listener', () => {
  let environment: Environment;
  let gateway: GatewayProcess;

  beforeEach(async () => {
    environment = await createEnvironment();
  });

  afterEach(async () => {
    await gateway.stop();
    await environment.remove();
  });

  const start = (settings: Readonly<Record<string, string>> = {}) =>
    GatewayProcess.start({
      ...environment.settings,
      SERVICE_BUS_CONNECTION_STRING: peer.connectionString,
      SERVICE_BUS_QUEUE: 'receipts',
      ...settings,
    });
  const told = (cause: RegExp) =>
    gateway.lines.some((line) => line.includes('receipt.listener-changed') && cause.test(line));

  it('starts while the bus is away, tells so, and listens when it is back', async () => {
    await peer.stop();
    gateway = await start();
    await until(() => told(/"cause":"unreachable"/));
    await peer.listen();
    post(contextOf('0199d1a2-0000-7000-8000-000000000001', { MessageName: 'Create' }));
    await until(() => queue.completed.length === 1);
    await until(() => told(/"kind":"up"/));
  });

  it('starts with a queue that is not there, and tells it loudly and without its key', async () => {
    gateway = await start({ SERVICE_BUS_QUEUE: 'nowhere' });
    await until(() => told(/"level":(50|"error").*"cause":"entity-missing"/));
    expect(gateway.lines.join()).not.toContain(PEER_KEY);
  });

  it('finds the receipt that a killed predecessor stored and did not complete', async () => {
    peer.losesSettlements = true;
    gateway = await start();
    const id = await publish(await environment.createClient('shop'));
    post(contextOf(id));
    await until(() => peer.lostSettlements === 1);
    await gateway.kill();
    peer.losesSettlements = false;
    gateway = await start();
    await until(() => queue.completed.length === 1);
    const { receipts } = await read<{ receipts: object[] }>(`/v1/events/${id}/attempts`);
    expect(receipts).toMatchObject([{ channel: 'service-bus', result: 'confirmed' }]);
    expect(await read(`/v1/events/${id}`)).toMatchObject({ confirmedAt: expect.any(String) });
  });

  it('lists an event that no message tells of in time, though no webhook is expected either', async () => {
    gateway = await start({ RECEIPT_DEADLINE_SECONDS: '1' });
    const id = await publish(await environment.createClient('shop'));
    const overdue = () => read<{ events: object[] }>('/v1/events?overdue=true');
    await until(async () => (await overdue()).events.length > 0);
    expect(await overdue()).toMatchObject({ events: [{ id, status: 'delivered', confirmedAt: null }] });
  });

  let apiKey = '';

  async function publish(key: string): Promise<string> {
    apiKey = key;
    const { example } = await read<{ example: object }>('/v1/event-types/CustomerPurchase');
    return (await read<{ id: string }>('/v1/events/customer-purchase', example)).id;
  }

  async function read<T>(path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${gateway.url}${path}`, { headers, ...post });
    return (await answer.json()) as T;
  }
});
