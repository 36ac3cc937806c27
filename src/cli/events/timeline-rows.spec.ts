import { describe, expect, it } from '@jest/globals';
import type { ReceiptRecord } from '../../outbox/receipt.js';
import type { AttemptRecord } from '../../outbox/settlement.js';
import { TIMELINE_HEADINGS, timelineRows } from './timeline-rows.js';

const AT = Date.UTC(2026, 10, 22, 10);
const ATTEMPT: AttemptRecord = {
  number: 1,
  outcome: 'delivered',
  counted: true,
  startedAt: AT,
  durationMs: 41,
  applicationUser: 'user',
  httpStatus: 204,
  errorCode: null,
  detail: null,
  serviceRequestId: null,
  nextAttemptAt: null,
};
const RECEIPT: ReceiptRecord = {
  receivedAt: AT + 60,
  channel: 'webhook',
  result: 'confirmed',
  step: 'S',
  operation: 'O',
  operationAt: AT + 40,
  requestId: 'R',
  correlationId: 'C',
  stripped: false,
};

/** What stands in the column OUTCOME, from top to bottom. */
function outcomes(attempts: readonly AttemptRecord[], receipts: readonly ReceiptRecord[]) {
  return timelineRows(attempts, receipts).map((row) => row[2]);
}

describe('the timeline of an event', () => {
  it('shows receipts among the attempts, oldest first', () => {
    const again = { ...ATTEMPT, number: 2, startedAt: AT + 1_000 };
    const outdated: ReceiptRecord = { ...RECEIPT, receivedAt: AT + 2_000, result: 'outdated' };
    expect(outcomes([ATTEMPT, again], [RECEIPT, outdated])).toEqual([
      'delivered',
      'receipt: confirmed',
      'delivered',
      'receipt: outdated',
    ]);
  });

  it('shows the attempt before a receipt of the same millisecond', () => {
    expect(outcomes([ATTEMPT], [{ ...RECEIPT, receivedAt: AT }])).toEqual(['delivered', 'receipt: confirmed']);
  });

  it('shows a receipt of an event of which no attempt is known', () => {
    expect(outcomes([], [RECEIPT])).toEqual(['receipt: confirmed']);
  });

  it('says which job of which step told of it, when it was raised, and what it lacks', () => {
    const [row] = timelineRows([], [{ ...RECEIPT, channel: 'service-bus', stripped: true }]);
    expect(row?.at(-1)).toBe('by service-bus: step S, operation O of 2026-11-22T10:00:00.040Z, without its content');
  });

  it('says nothing of a time that Dataverse did not tell', () => {
    const [row] = timelineRows([], [{ ...RECEIPT, operationAt: null }]);
    expect(row?.at(-1)).toBe('by webhook: step S, operation O');
  });

  it('names who sent an attempt, and the request as the support of Dataverse knows it', () => {
    const named: AttemptRecord = { ...ATTEMPT, serviceRequestId: 'request-1', detail: 'HTTP 400' };
    expect(timelineRows([named, ATTEMPT], []).map((row) => row.slice(7))).toEqual([
      ['user', 'request-1', 'HTTP 400'],
      ['user', '', ''],
    ]);
    expect(TIMELINE_HEADINGS.slice(7)).toEqual(['SENT BY', 'REQUEST ID', 'DETAIL']);
  });

  it('says of an attempt that was given back that it was, and when the next may begin', () => {
    const given: AttemptRecord = { ...ATTEMPT, outcome: 'throttled', counted: false, nextAttemptAt: AT + 5_000 };
    const [row] = timelineRows([given], []);
    expect(row?.[2]).toBe('throttled (given back)');
    expect(row?.[6]).toBe('2026-11-22T10:00:05.000Z');
  });
});
