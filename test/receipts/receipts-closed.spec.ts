import { expect, it } from '@jest/globals';
import type { Doorbell } from '../../src/outbox/doorbell.js';
import type { ReceiptStore } from '../../src/outbox/receipt-store.js';
import { ReadingTurns } from '../../src/receipts/reading-turns.js';
import { ReceiptsService } from '../../src/receipts/receipts.service.js';
import { ManualClock, ManualTimers } from '../support/manual-clock.js';

it('reads none of the contexts that wait once it is closed, nor those that come then: each is to come again', async () => {
  const refused: string[] = [];
  const service = new ReceiptsService({
    store: {} as ReceiptStore,
    types: new Map(),
    journal: {
      taken() {},
      foreign() {},
      refused: ({ reason }) => void refused.push(reason),
      foundOverdue() {},
      overdueFailed() {},
    },
    doorbell: {} as Doorbell,
    turns: new ReadingTurns(new ManualTimers(new ManualClock())),
  });
  // What is read would be malformed.
  const take = () => service.take({ body: 'no context', channel: 'webhook', stripped: false });
  const waiting = [take(), take()];
  service.close();
  const outcomes = await Promise.allSettled([...waiting, take()]);

  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'storage-closed' } });
  expect(refused).toEqual(['shutting-down', 'shutting-down', 'shutting-down']);
});
