import { expect } from '@jest/globals';
import type { EventFilter } from '../../../src/outbox/event-query.js';
import type { Store } from '../../../src/outbox/store.js';
import type { ModelEvent, OutboxModel } from './outbox-model.js';

const FILTERS: readonly EventFilter[] = [
  {},
  { type: 'CustomerPurchase' },
  { client: 'erp' },
  { status: 'dead' },
  { status: 'pending' },
  { status: 'cancelled', client: 'pos' },
  { blocking: true },
  { overdue: true },
  { overdue: true, client: 'erp' },
];

/** Expects a store to hold what the model holds: every event there ever was, lists of them, and the gauges. */
export async function compareWithModel(store: Store, model: OutboxModel, ids: readonly string[]): Promise<void> {
  for (const id of ids) expect(await factsIn(store, id)).toEqual(factsOf(model, id));
  for (const filter of FILTERS) {
    const { events } = await store.outbox.list({ filter, cursor: null, limit: 1000 });
    expect(events.map(({ id }) => id)).toEqual(
      model
        .list(filter)
        .map(({ id }) => id)
        .toReversed(),
    );
  }
  const { counts, oldestPendingAt, blocking, overdue, removed } = await store.outbox.measure();
  expect(new Set(counts)).toEqual(new Set(countsOf(model)));
  expect(oldestPendingAt).toBe(oldestPendingIn(model));
  expect(new Map(blocking.map(({ type, count }) => [type, count]))).toEqual(byType(model.list({ blocking: true })));
  expect(new Map(overdue.map(({ type, count }) => [type, count]))).toEqual(byType(model.list({ overdue: true })));
  expect(new Map(removed.map(({ type, count }) => [type, count]))).toEqual(model.removed);
}

async function factsIn(store: Store, id: string) {
  const event = await store.outbox.find(id);
  if (event === null) return null;
  const { status, acceptedAt, availableAt, attemptCount, confirmedAt, overdue, data } = event;
  const receipts = await store.receipts.listReceipts(id);
  const results = receipts.map(({ step, operation, result }) => `${step} ${operation} ${result}`).sort();
  return { status, acceptedAt, availableAt, attemptCount, confirmedAt, overdue, hasData: data !== null, results };
}

function factsOf(model: OutboxModel, id: string) {
  const event = model.find(id);
  if (event === undefined) return null;
  const { status, acceptedAt, availableAt, attempts: attemptCount, confirmedAt, isOverdue, hasData, receipts } = event;
  const results = receipts.map(({ step, operation, result }) => `${step} ${operation} ${result}`).sort();
  return { status, acceptedAt, availableAt, attemptCount, confirmedAt, overdue: isOverdue, hasData, results };
}

function countsOf({ events }: OutboxModel) {
  const groups = Map.groupBy(events, ({ type, status }) => `${type} ${status}`);
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ type: first.type, status: first.status, count: others.length + 1 }],
  );
}

function byType(events: readonly ModelEvent[]): ReadonlyMap<string, number> {
  const groups = Map.groupBy(events, ({ type }) => type);
  return new Map([...groups].map(([type, of]) => [type, of.length]));
}

function oldestPendingIn({ events }: OutboxModel): number | null {
  const open = events.filter(({ status }) => status === 'pending' || status === 'delivering');
  return open.length === 0 ? null : Math.min(...open.map(({ acceptedAt }) => acceptedAt));
}
