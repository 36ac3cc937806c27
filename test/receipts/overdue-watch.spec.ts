import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OverdueCount, ReceiptStore } from '../../src/outbox/receipt-store.js';
import { OverdueWatch } from '../../src/receipts/overdue-watch.js';
import type { ReceiptsJournal } from '../../src/receipts/receipts-journal.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

const TYPE = 'CustomerPurchase';

let timers: ManualTimers;
let told: string[];
let answers: (readonly OverdueCount[] | Error)[];
let asked: number;

beforeEach(() => {
  timers = new ManualTimers(new ManualClock());
  told = [];
  answers = [];
  asked = 0;
});

function watch(deadlineMs: number): OverdueWatch {
  const store: Pick<ReceiptStore, 'markOverdue'> = {
    markOverdue: async () => {
      asked += 1;
      const answer = answers.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const journal: Pick<ReceiptsJournal, 'foundOverdue' | 'overdueFailed'> = {
    foundOverdue: (counts) => void told.push(...counts.map(({ type, count }) => `${type} ${count}`)),
    overdueFailed: () => void told.push('failed'),
  };
  const parts = { store: store as ReceiptStore, journal: journal as ReceiptsJournal, timers, deadlineMs };
  const made = new OverdueWatch(parts);
  made.onApplicationBootstrap();
  return made;
}

describe('the watch over events without a receipt', () => {
  it.each([
    [900_000, 10_000],
    [10_000, 5_000],
    [1_000, 500],
    [10, 500],
  ])(
    'looks twice within a deadline of %i ms, but at most every 10 s and no more than twice a second',
    async (deadlineMs, everyMs) => {
      watch(deadlineMs);
      await timers.advance(everyMs - 1);
      expect(asked).toBe(0);
      await timers.advance(1);
      expect(asked).toBe(1);
      await timers.advance(3 * everyMs);
      expect(asked).toBe(4);
    },
  );

  it('tells how many it found, and nothing where it found none', async () => {
    watch(1_000);
    answers = [[{ type: TYPE, count: 3 }], []];
    await timers.advance(1_000);
    expect(told).toEqual([`${TYPE} 3`]);
  });

  it('goes on at once where there are more than it takes at a time', async () => {
    watch(900_000);
    answers = [
      [
        { type: TYPE, count: 400 },
        { type: 'VendorPaymentPosted', count: 100 },
      ],
      [{ type: TYPE, count: 1 }],
    ];
    await timers.advance(10_000);
    expect(asked).toBe(1);
    await timers.advance(100);
    expect(asked).toBe(2);
    await timers.advance(1_000);
    expect(asked).toBe(2);
  });

  it('tries again after the store failed', async () => {
    watch(1_000);
    answers = [new Error('busy'), [{ type: TYPE, count: 1 }]];
    await timers.advance(1_000);
    expect(told).toEqual(['failed', `${TYPE} 1`]);
  });

  it('looks no more once it is stopped, and lets no timer stand', async () => {
    const made = watch(1_000);
    await timers.advance(500);
    await made.onModuleDestroy();
    expect(timers.pending).toBe(0);
    await timers.advance(10_000);
    expect(asked).toBe(1);
  });
});
