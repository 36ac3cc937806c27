import { describe, expect, it } from '@jest/globals';
import type { NewReceipt } from '../receipt.js';
import { type ConfirmableEvent, confirmed, endedBy, judgeReceipt, MOST_KEPT, waitedMs } from './confirmed-event.js';
import type { KeptReceipt } from './receipt-row.js';
import { settled } from './settled-event.js';
import { CLOCK_DOUBT_MS } from './stored-event.js';

const NOW = 1_800_000_000_000;
const REPLAYED_AT = NOW - 400;

const NO_COUNTS = { attempts: 0, uncertain: 0, conflicted: 0, lostLeases: 0, gateClosings: 0 };

const PENDING: ConfirmableEvent = {
  ...NO_COUNTS,
  attempts: 1,
  id: 'e',
  sequence: 7,
  type: 'Sale',
  client: 'pos',
  orderingKey: null,
  status: 'pending',
  place: null,
  availableAt: NOW + 9000,
  deliveredAt: null,
  confirmedAt: null,
  reason: null,
  replays: 0,
  leaseToken: null,
  leaseUntil: null,
  proven: 0,
  confirmBy: null,
  ageStartsAt: REPLAYED_AT,
  overdue: 0,
};
const DELIVERING: ConfirmableEvent = { ...PENDING, status: 'delivering', leaseToken: 't', leaseUntil: NOW + 1 };
const DELIVERED: ConfirmableEvent = { ...PENDING, status: 'delivered', deliveredAt: NOW - 250, confirmBy: NOW + 9 };
const DEAD: ConfirmableEvent = { ...PENDING, status: 'dead', reason: 'rejected' };
const CANCELLED: ConfirmableEvent = { ...PENDING, status: 'cancelled' };

const RECEIPT: NewReceipt = {
  eventIds: ['e'],
  type: 'Sale',
  channel: 'webhook',
  step: 'step-1',
  operation: 'job-9',
  operationAt: null,
  requestId: null,
  correlationId: null,
  stripped: false,
};

function kept(facts: Partial<KeptReceipt> = {}): KeptReceipt {
  return { step: 'step-1', operation: 'job-1', result: 'confirmed', replays: 0, ...facts };
}

describe('what a receipt comes to', () => {
  const CONFIRMED = { ...DELIVERED, confirmedAt: NOW - 5, confirmBy: null };
  it.each([
    ['the first', DELIVERED, [], 'confirmed'],
    ['the first of a dead event', DEAD, [], 'confirmed'],
    ['one of another step', CONFIRMED, [kept({ step: 'step-2' })], 'accompanying'],
    ['one of another operation of its step', CONFIRMED, [kept()], 'duplicate'],
    ['one that only accompanied before', CONFIRMED, [kept({ result: 'accompanying' })], 'duplicate'],
    ['the same operation', CONFIRMED, [kept({ operation: 'job-9' })], 'repeated'],
    ['the same operation, outdated then', DELIVERED, [kept({ operation: 'job-9', result: 'outdated' })], 'repeated'],
    ['the same operation of another step', CONFIRMED, [kept({ step: 'step-2', operation: 'job-9' })], 'accompanying'],
    ['one after an outdated one of its step', DELIVERED, [kept({ result: 'outdated' })], 'confirmed'],
  ] as const)('%s', (_, event, keptReceipts, result) => {
    expect(judgeReceipt(event, keptReceipts, RECEIPT)).toBe(result);
  });

  describe('where no call of it can have run', () => {
    const UNSENT = { ...PENDING, attempts: 0 };
    it.each([
      ['one that is pending', UNSENT, 'unknown'],
      ['one that waits behind another', { ...UNSENT, orderingKey: 'V-1', place: 'behind' as const }, 'unknown'],
      ['one that was given back', { ...UNSENT, gateClosings: 1 }, 'unknown'],
      ['one that lost a lease', { ...UNSENT, attempts: 1, lostLeases: 1 }, 'confirmed'],
      ['one that was tried', PENDING, 'confirmed'],
      ['one whose first attempt is under way', { ...DELIVERING, attempts: 0 }, 'confirmed'],
      ['one that died before any', { ...DEAD, attempts: 0 }, 'confirmed'],
    ] as const)('%s', (_, event, result) => {
      expect(judgeReceipt(event, [], RECEIPT)).toBe(result);
    });

    it('since a replay, however late it was raised', () => {
      const raisedAt = (operationAt: number) =>
        judgeReceipt({ ...UNSENT, replays: 1 }, [], { ...RECEIPT, operationAt });
      expect(raisedAt(REPLAYED_AT + CLOCK_DOUBT_MS)).toBe('unknown');
      expect(raisedAt(REPLAYED_AT)).toBe('outdated');
    });
  });

  describe('beyond what is kept', () => {
    const full = Array.from({ length: MOST_KEPT }, (_, n) => kept({ operation: `kept-${n}` }));
    it.each([
      ['one that would be another duplicate', CONFIRMED, full, 'repeated'],
      ['one of another step', CONFIRMED, full.map((of) => ({ ...of, step: 'step-2' })), 'repeated'],
      ['one that would be outdated', { ...DELIVERED, replays: 1 }, full, 'repeated'],
      ['the last that is kept', CONFIRMED, full.slice(1), 'duplicate'],
      ['a first proof', DELIVERED, full.map((of) => ({ ...of, result: 'outdated' as const })), 'confirmed'],
    ] as const)('%s', (_, event, keptReceipts, result) => {
      expect(judgeReceipt(event, keptReceipts, RECEIPT)).toBe(result);
    });
  });

  describe('after a replay', () => {
    const second = REPLAYED_AT - (REPLAYED_AT % 1000);
    it.each([
      ['of a delivered event, of unknown time', DELIVERED, null, 'outdated'],
      ['of a delivered event, from before its second', DELIVERED, second - 1, 'outdated'],
      ['of a delivered event, from its second', DELIVERED, second, 'confirmed'],
      ['of one being delivered, from before its second', DELIVERING, second - 1, 'outdated'],
      ['of one being delivered, from its second', DELIVERING, second, 'confirmed'],
      ['of a pending event, from its second', PENDING, second, 'outdated'],
      ['of a pending event, while clocks may differ', PENDING, REPLAYED_AT + CLOCK_DOUBT_MS - 1, 'outdated'],
      ['of a pending event, beyond doubt', PENDING, REPLAYED_AT + CLOCK_DOUBT_MS, 'confirmed'],
      ['of a dead event, from its second', DEAD, second, 'confirmed'],
    ] as const)('%s', (_, event, operationAt, result) => {
      expect(judgeReceipt({ ...event, replays: 1 }, [], { ...RECEIPT, operationAt })).toBe(result);
    });

    it('the same step once before it is no duplicate', () => {
      const receipt = { ...RECEIPT, operationAt: NOW };
      expect(judgeReceipt({ ...DELIVERED, replays: 1 }, [kept()], receipt)).toBe('confirmed');
      expect(judgeReceipt({ ...DELIVERED, replays: 1 }, [kept({ operation: 'job-9' })], receipt)).toBe('repeated');
    });
  });
});

describe('what a receipt does', () => {
  it.each([
    [
      'confirms a delivered event',
      DELIVERED,
      { confirmedAt: NOW, confirmBy: null, status: 'delivered', deliveredAt: NOW - 250 },
    ],
    [
      'ends its being overdue',
      { ...DELIVERED, confirmBy: null, overdue: 1 as const },
      { confirmedAt: NOW, overdue: 0 },
    ],
    ['delivers a pending one', PENDING, { status: 'delivered', deliveredAt: NOW, confirmedAt: NOW, confirmBy: null }],
    [
      'takes a pending one out of its line',
      { ...PENDING, orderingKey: 'V-1', place: 'first' as const },
      { status: 'delivered', place: null },
    ],
    ['keeps the counts of a pending one', { ...PENDING, attempts: 3 }, { attempts: 3 }],
    ['leaves a lease at work', DELIVERING, { status: 'delivering', leaseToken: 't', confirmedAt: NOW }],
    ['leaves a dead one dead', DEAD, { status: 'dead', reason: 'rejected', confirmedAt: NOW }],
    ['leaves a cancelled one cancelled', CANCELLED, { status: 'cancelled', confirmedAt: NOW }],
    [
      'delivers a pending one that was noted in doubt',
      { ...PENDING, confirmedAt: NOW - 60 },
      { status: 'delivered', deliveredAt: NOW, confirmedAt: NOW - 60 },
    ],
  ])('%s', (_, event: ConfirmableEvent, facts) => {
    expect(confirmed(event, 'confirmed', NOW)).toMatchObject(facts);
  });

  it.each(['repeated', 'outdated', 'unknown'] as const)('changes nothing where it is %s', (result) => {
    for (const event of [PENDING, DELIVERING, DELIVERED]) expect(confirmed(event, result, NOW)).toBe(event);
  });

  it.each(['accompanying', 'duplicate'] as const)('changes nothing of a confirmed event where it is %s', (result) => {
    const event = { ...DELIVERED, confirmedAt: NOW - 9, confirmBy: null };
    expect(confirmed(event, result, NOW)).toBe(event);
  });
});

describe('a lease that ends after its receipt came', () => {
  const PROVEN: ConfirmableEvent = { ...DELIVERING, confirmedAt: NOW - 9, proven: 1 };
  it.each([
    ['a retry', { kind: 'retry', delayMs: 5, counts: { ...NO_COUNTS, attempts: 2 } }],
    ['a death', { kind: 'dead', reason: 'uncertain', blocksKey: true, counts: { ...NO_COUNTS, attempts: 2 } }],
    ['a delivery', { kind: 'delivered', confirmWithinMs: 9, counts: { ...NO_COUNTS, attempts: 2 } }],
  ] as const)('is a delivery that awaits nothing: %s', (_, settlement) => {
    expect(settled(PROVEN, settlement, NOW)).toMatchObject({
      status: 'delivered',
      deliveredAt: NOW,
      confirmedAt: NOW - 9,
      confirmBy: null,
      reason: null,
      place: null,
      attempts: 2,
    });
  });

  it('is what it is where the receipt leaves a doubt', () => {
    const settlement = { kind: 'retry', delayMs: 5, counts: NO_COUNTS } as const;
    expect(settled({ ...PROVEN, proven: 0 }, settlement, NOW)).toMatchObject({ status: 'pending' });
  });
});

describe('an event', () => {
  it.each([
    ['that was pending is ended by its receipt', PENDING, true],
    ['that is being delivered is not: its settlement ends it', DELIVERING, false],
    ['that was delivered is not', DELIVERED, false],
    ['that is dead is not', DEAD, false],
  ])('%s', (_, event, expected) => {
    expect(endedBy(event, confirmed(event, 'confirmed', NOW))).toBe(expected);
  });
});

describe('how long it took', () => {
  it.each([
    ['since it was delivered', DELIVERED, 'confirmed', 250],
    ['nothing where a clock was set back', { ...DELIVERED, deliveredAt: NOW + 5 }, 'confirmed', 0],
    ['nothing where the receipt came first', DELIVERING, 'confirmed', 0],
    ['nothing where the receipt delivered it', PENDING, 'confirmed', 0],
    ['no word of a dead event', DEAD, 'confirmed', null],
    ['no word of a cancelled event', CANCELLED, 'confirmed', null],
    ['no word of what is no first proof', DELIVERED, 'duplicate', null],
  ] as const)('%s', (_, event, result, ms) => {
    expect(waitedMs(event, result, NOW)).toBe(ms);
  });
});
