import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { expect, it } from '@jest/globals';
import { StorageError } from '../../src/outbox/storage.error.js';
import { DEFAULT_PACE } from '../../src/receipts/service-bus/listener-pace.js';
import { ServiceBusListener } from '../../src/receipts/service-bus/service-bus-listener.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

const FULL = new StorageError('storage-not-stored', 'the disk is full');
const AWAY = new StorageError('storage-unknown', 'the store is away');
const FLAW = new TypeError('unforeseen');
const OTHER_FLAW = new RangeError('unforeseen too');
const MESSAGE = { body: '{}' } as ServiceBusReceivedMessage;
const SETTLING = { completeMessage: async () => {}, abandonMessage: async () => {}, deadLetterMessage: async () => {} };

/** Hands one message in; each time its receipt is tried, the next of the errors. What the listener told of it, in order. */
async function toldOf(errors: readonly Error[]): Promise<readonly string[]> {
  const timers = new ManualTimers(new ManualClock());
  const told: string[] = [];
  let tries = 0;
  const listener = new ServiceBusListener({
    source: { connectionString: 'Endpoint=sb://shop/', source: { kind: 'queue', queue: 'receipts' } },
    receipts: {
      take: async () => {
        throw errors[Math.min(tries++, errors.length - 1)];
      },
    },
    journal: {
      changed: (_source, state) => {
        if (state.kind === 'down') told.push(`${state.cause}: ${state.detail}`);
      },
      deadLettered() {},
      unsettled() {},
      failed: (_source, error) => told.push(`failed with ${error}`),
    },
    timers,
    pace: DEFAULT_PACE,
    connect: async ({ intake }) => ({
      look: async () => {},
      subscribe: () => {
        void intake.take(MESSAGE, SETTLING);
        return async () => {};
      },
      close: async () => {},
    }),
  });
  listener.start();
  for (let turn = 0; turn < 100 && tries < errors.length; turn += 1) await timers.advance(DEFAULT_PACE.steadyMs);
  await timers.advance(0);
  await listener.stop(0);
  return told;
}

it.each<readonly [string, readonly Error[], readonly string[]]>([
  [
    'a full disk and then an unforeseen error',
    [FULL, FLAW, FLAW],
    ['not-stored: the disk is full', 'failed with TypeError: unforeseen', 'failed: TypeError', 'failed: TypeError'],
  ],
  [
    'an unforeseen error and then a store that is away',
    [FLAW, AWAY],
    ['failed with TypeError: unforeseen', 'failed: TypeError', 'not-stored: the store is away'],
  ],
  [
    'two unforeseen errors',
    [FLAW, OTHER_FLAW],
    [
      'failed with TypeError: unforeseen',
      'failed: TypeError',
      'failed with RangeError: unforeseen too',
      'failed: RangeError',
    ],
  ],
  [
    'a full disk and then a store that is away',
    [FULL, AWAY],
    ['not-stored: the disk is full', 'not-stored: the store is away'],
  ],
])('a receipt that is not taken is told of for the reason there is now: %s', async (_what, errors, told) => {
  expect(await toldOf(errors)).toEqual(told);
});
