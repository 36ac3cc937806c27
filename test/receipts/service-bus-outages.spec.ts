import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StorageError } from '../../src/outbox/storage.error.js';
import type { TakeResult } from '../../src/receipts/receipts.service.js';
import { until } from '../support/until.js';
import { CONFIRMED, type Listening, type ListeningOptions, listen, TakingReceipts } from './support/listening.js';
import type { PeerQueue } from './support/peer-queue.js';
import { PEER_KEY, ServiceBusPeer } from './support/service-bus-peer.js';

describe('A Service Bus listener in trouble', () => {
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

  describe('of the bus', () => {
    it('waits for a bus that is away at the start', async () => {
      await peer.stop();
      peer.post('receipts', '{}');
      const { record } = start(new TakingReceipts());
      await until(() => record.states.length >= 2);
      expect(record.causes).toEqual(['unreachable']);
      await peer.listen();
      await until(() => queue.completed.length === 1);
      await until(() => record.kind === 'up');
    });

    it('goes on where a connection was cut', async () => {
      start(new TakingReceipts());
      await until(() => peer.consumerCount === 1);
      peer.cut();
      peer.post('receipts', '{}');
      await until(() => queue.completed.length === 1);
    });

    it('comes back after an outage, and says how it is', async () => {
      const { record } = start(new TakingReceipts());
      await until(() => record.kind === 'up');
      await peer.stop();
      await until(() => record.kind === 'down');
      await peer.listen();
      peer.post('receipts', '{}');
      await until(() => queue.completed.length === 1);
      await until(() => record.kind === 'up');
    });

    it('takes a message again whose completion was cut off', async () => {
      peer.cutsAtSettlement = true;
      peer.post('receipts', '{}');
      const receipts = new TakingReceipts();
      start(receipts, { pace: { patienceMs: 500 } });
      await until(() => queue.completed.length === 1);
      expect(receipts.bodies).toEqual(['{}', '{}']);
    });

    it('loses nothing where a lock is lost while the receipt is stored', async () => {
      const { promise, resolve } = Promise.withResolvers<TakeResult>();
      let isFirst = true;
      const receipts = new TakingReceipts(() => {
        if (!isFirst) return { kind: 'taken', result: 'repeated' };
        isFirst = false;
        return promise;
      });
      peer.post('receipts', '{}');
      const { record } = start(receipts);
      await until(() => receipts.arrivals.length === 1);
      queue.loseLocks();
      resolve(CONFIRMED);
      await until(() => queue.completed.length === 1);
      expect(record.lost).toEqual([{ settlement: 'complete', detail: 'MessageLockLost' }]);
      expect(record.states).toEqual([{ kind: 'up' }]);
    });

    it('does not wait for ever for a bus that takes connections and says nothing', async () => {
      peer.keepsTokensWaiting = true;
      const { record } = start(new TakingReceipts(), { pace: { patienceMs: 1000 } });
      await until(() => record.kind === 'down');
      expect(record.states).toMatchObject([{ cause: 'unreachable', detail: expect.stringContaining('timed out') }]);
      peer.keepsTokensWaiting = false;
      peer.post('receipts', '{}');
      await until(() => queue.completed.length === 1);
    });

    it('survives that a connection is cut while the SDK waits for an answer', async () => {
      peer.cutsAtLook = true;
      const { record } = start(new TakingReceipts(), { pace: { patienceMs: 200 } });
      await until(() => record.states.length >= 3);
      peer.cutsAtLook = false;
      peer.post('receipts', '{}');
      await until(() => queue.completed.length === 1);
    });

    it('renews a session that has brought nothing for long', async () => {
      const { record } = start(new TakingReceipts(), { pace: { renewAfterMs: 50 } });
      await until(() => peer.audiences.filter((audience) => !audience.endsWith('$management')).length >= 3);
      expect(record.causes).toEqual([]);
    });
  });

  describe('of its settings', () => {
    it('tells that the entity is missing, and finds it when it is there', async () => {
      const source = { kind: 'queue', queue: 'later' } as const;
      const { record } = start(new TakingReceipts(), { source });
      await until(() => record.kind === 'down');
      expect(record.causes).toEqual(['entity-missing']);
      const later = peer.addQueue('later');
      peer.post('later', '{}');
      await until(() => later.completed.length === 1);
    });

    it('tells that its key is refused, and goes on when it is not any more', async () => {
      peer.refusesTokens = true;
      const { record } = start(new TakingReceipts());
      await until(() => record.states.length >= 2);
      expect(record.causes).toEqual(['unauthorized']);
      peer.refusesTokens = false;
      peer.post('receipts', '{}');
      await until(() => queue.completed.length === 1);
    });

    it.each([
      ['is no connection string', 'nonsense'],
      ['names another queue', null],
    ])('tells that its setting is wrong where it %s', async (_what, connectionString) => {
      const other = `${peer.connectionString}EntityPath=another`;
      const { record } = start(new TakingReceipts(), { connectionString: connectionString ?? other });
      await until(() => record.kind === 'down');
      expect(record.causes).toEqual(['misconfigured']);
    });

    it('never tells its key', async () => {
      peer.refusesTokens = true;
      const { record } = start(new TakingReceipts(), {
        connectionString: `${peer.connectionString}EntityPath=another`,
      });
      await until(() => record.kind === 'down');
      expect(JSON.stringify(record)).not.toContain(PEER_KEY);
    });
  });

  describe('of the store', () => {
    const down = (): TakeResult => {
      throw new StorageError('storage-not-stored', 'the disk is full');
    };
    const bug = (): TakeResult => {
      throw new RangeError('marker of the payload');
    };

    it.each([
      { what: 'a store that reads and does not write', fail: down, cause: 'not-stored', failures: 0 },
      { what: 'an error that nobody foresaw', fail: bug, cause: 'failed', failures: 1 },
    ])('uses up no deliveries before $what, and loses nothing', async ({ fail, cause, failures }) => {
      let isBroken = true;
      const receipts = new TakingReceipts(() => (isBroken ? fail() : CONFIRMED));
      for (let n = 0; n < 30; n += 1) peer.post('receipts', `${n}`);
      const { record } = start(receipts, { pace: { firstRetryMs: 1, longestRetryMs: 2 } });
      await until(() => record.states.length >= 40);
      expect(record.causes).toEqual([cause]);
      // Each handed out once at most, the one it is tried with aside.
      const others = receipts.bodies.filter((body) => body !== receipts.bodies.at(-1));
      expect(new Set(others).size).toBe(others.length);
      await until(() => queue.lockedCount === 0);
      if (failures > 0) expect(record.failures.length).toBeGreaterThanOrEqual(failures);
      else expect(record.failures).toEqual([]);
      expect(JSON.stringify(record.states)).not.toContain('marker');
      isBroken = false;
      await until(() => queue.completed.length === 30);
      await until(() => record.kind === 'up');
      expect(queue.deadLetters).toEqual([]);
    });

    it('takes one message at a time until the store wrote one: reading is no proof', async () => {
      let answer = down;
      const receipts = new TakingReceipts(() => answer());
      peer.post('receipts', '0');
      const { record } = start(receipts);
      await until(() => record.states.length >= 3);
      const held: PromiseWithResolvers<TakeResult>[] = [];
      answer = () => ({ kind: 'taken', result: 'repeated' });
      await until(() => queue.completed.length === 1);
      const receiving = new TakingReceipts(() => {
        const one = Promise.withResolvers<TakeResult>();
        held.push(one);
        return one.promise;
      });
      receipts.take = (delivery) => receiving.take(delivery);
      for (let n = 1; n < 6; n += 1) peer.post('receipts', `${n}`);
      await until(() => held.length === 1);
      expect(queue.lockedCount).toBe(1);
      held[0]?.resolve({ kind: 'foreign' });
      await until(() => held.length === 2);
      expect(queue.lockedCount).toBe(1);
      held[1]?.resolve(CONFIRMED);
      await until(() => held.length === 5);
      for (const one of held) one.resolve(CONFIRMED);
      await until(() => queue.completed.length === 6);
    });

    it('stops while it waits for the store, even one that does not answer', async () => {
      let hangs = false;
      const receipts = new TakingReceipts(() => (hangs ? new Promise<TakeResult>(() => {}) : down()));
      peer.post('receipts', '{}');
      const { listener, record } = start(receipts);
      await until(() => record.kind === 'down');
      hangs = true;
      const before = receipts.arrivals.length;
      await until(() => receipts.arrivals.length > before);
      await listener.stop(1000);
      expect(record.kind).toBe('stopped');
      await until(() => queue.lockedCount === 0);
      expect(queue.length).toBe(1);
    });
  });

  describe('that is stopped', () => {
    it('finishes what is under way and takes no more', async () => {
      const { promise, resolve } = Promise.withResolvers<TakeResult>();
      const receipts = new TakingReceipts(() => promise);
      for (let n = 0; n < 20; n += 1) peer.post('receipts', `${n}`);
      const { listener, record } = start(receipts);
      await until(() => receipts.arrivals.length === 16);
      const stopped = listener.stop(10_000);
      resolve(CONFIRMED);
      await stopped;
      expect([receipts.arrivals.length, queue.completed.length, queue.length]).toEqual([16, 16, 4]);
      expect(record.kind).toBe('stopped');
    });

    it('does not wait for ever; what was not settled comes again', async () => {
      const receipts = new TakingReceipts(() => new Promise<TakeResult>(() => {}));
      peer.post('receipts', '{}');
      const { listener } = start(receipts);
      await until(() => receipts.arrivals.length === 1);
      await listener.stop(50);
      await until(() => queue.lockedCount === 0);
      expect(queue.length).toBe(1);
    });

    it('stops while the bus is away', async () => {
      await peer.stop();
      const { listener, record } = start(new TakingReceipts(), {
        pace: { firstRetryMs: 3_600_000, longestRetryMs: 3_600_000 },
      });
      await until(() => record.kind === 'down');
      await listener.stop(1000);
      expect(record.kind).toBe('stopped');
      await peer.listen();
    });

    it('stops before it came up', async () => {
      const { listener, record } = start(new TakingReceipts());
      await listener.stop(1000);
      expect(record.states).toEqual([{ kind: 'stopped' }]);
    });
  });
});
