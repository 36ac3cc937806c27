import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { StorageError } from '../../src/outbox/storage.error.js';
import type { TakeResult } from '../../src/receipts/receipts.service.js';
import type { BusConnectionParts } from '../../src/receipts/service-bus/bus-connection.js';
import type { ListenerJournal } from '../../src/receipts/service-bus/listener-journal.js';
import { DEFAULT_PACE } from '../../src/receipts/service-bus/listener-pace.js';
import { ListenerSession, type SessionEnd } from '../../src/receipts/service-bus/listener-session.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

const PACE = { ...DEFAULT_PACE, patienceMs: 30_000, steadyMs: 1_000, renewAfterMs: 900_000 };
const STORED: TakeResult = { kind: 'taken', result: 'confirmed' };
const NOT_STORED = new StorageError('storage-not-stored', 'the disk is full');
const FAILURE = {
  cause: 'not-stored',
  detail: 'the disk is full',
  arrival: { body: '{}', channel: 'service-bus', stripped: false },
};
const MESSAGE = { body: '{}' } as ServiceBusReceivedMessage;
const JOURNAL: ListenerJournal = { changed() {}, deadLettered() {}, unsettled() {}, failed() {} };

let timers: ManualTimers;
let connection: BusConnectionParts;
let session: ListenerSession;
/** Of the receipts in their order, what the store says to each. */
let store: PromiseWithResolvers<TakeResult>[];
let settled: string[];
let end: SessionEnd | null;

beforeEach(() => {
  timers = new ManualTimers(new ManualClock());
  store = [];
  settled = [];
  end = null;
});

/** A session that is subscribed, over a connection that does what it is told. */
async function receiving({ isStoreInDoubt = false } = {}): Promise<void> {
  session = new ListenerSession({
    source: { connectionString: 'Endpoint=sb://shop/', source: { kind: 'queue', queue: 'receipts' } },
    name: 'queue receipts',
    receipts: {
      take: () => {
        const answer = Promise.withResolvers<TakeResult>();
        store.push(answer);
        return answer.promise;
      },
    },
    journal: JOURNAL,
    timers,
    pace: PACE,
    isStoreInDoubt,
    connect: async (parts) => {
      connection = parts;
      return { look: async () => {}, subscribe: () => async () => {}, close: async () => {} };
    },
  });
  void session
    .run(() => {})
    .then((reason) => {
      end = reason;
    });
  await timers.advance(PACE.steadyMs);
}

/** Hands in a message; it is under way until the store answers. */
function arrive(): void {
  void connection.intake.take(MESSAGE, {
    completeMessage: async () => void settled.push('complete'),
    abandonMessage: async () => void settled.push('abandon'),
    deadLetterMessage: async () => void settled.push('dead-letter'),
  });
}

/** Two turns of the event loop and more: what is settled leaves in a turn of its own. */
async function happen(ms = 0): Promise<void> {
  await timers.advance(ms);
  await timers.advance(0);
  await timers.advance(0);
}

describe('a session of the listener', () => {
  it.each<readonly [string, () => void]>([
    ['the connection breaks', () => connection.broken(new Error('cut'))],
    ['the listener is stopped', () => session.stop(0)],
  ])('ends for the first reason there is, though then %s', async (_what, next) => {
    await receiving();
    arrive();
    arrive();
    store[0]?.reject(NOT_STORED);
    await happen();
    next();
    store[1]?.resolve(STORED);
    await happen();

    expect(end).toEqual(FAILURE);
  });

  it('is renewed where it brought nothing for a while', async () => {
    await receiving();
    await happen(PACE.renewAfterMs - PACE.steadyMs - 1);
    expect(end).toBeNull();

    await happen(1);
    expect(end).toBe('renewed');
  });

  it('is not renewed while it brings something', async () => {
    await receiving();
    for (let round = 0; round < 3; round += 1) {
      arrive();
      store[round]?.resolve(STORED);
      await happen(PACE.renewAfterMs);
    }
    expect(end).toBeNull();

    await happen(PACE.renewAfterMs);
    expect(end).toBe('renewed');
    expect(settled).toEqual(['complete', 'complete', 'complete']);
  });

  it('waits for nothing where the connection broke: over it nothing can be settled', async () => {
    await receiving();
    arrive();
    connection.broken(new Error('cut'));
    await happen();

    expect(end).toEqual({ cause: 'unreachable', detail: 'cut' });
  });

  it('finishes what is under way where the store did not take a receipt', async () => {
    await receiving();
    arrive();
    arrive();
    store[0]?.reject(NOT_STORED);
    await happen(PACE.patienceMs - 1);
    expect(end).toBeNull();

    store[1]?.resolve(STORED);
    await happen();
    expect(end).toEqual(FAILURE);
    expect(settled).toEqual(['abandon', 'complete']);
  });

  it('finishes what is under way when it is stopped, for as long as it may', async () => {
    await receiving();
    arrive();
    session.stop(500);
    await happen(499);
    expect(end).toBeNull();

    await happen(1);
    expect(end).toBe('stopped');
  });

  it('takes one message alone while the store is in doubt, and gives way to a whole session once it is stored', async () => {
    await receiving({ isStoreInDoubt: true });
    expect(connection.concurrency).toBe(1);
    arrive();
    store[0]?.resolve(STORED);
    await happen();

    expect(end).toBe('stored');
    expect(settled).toEqual(['complete']);
  });
});
