import { describe, expect, it } from '@jest/globals';
import { attemptLine } from './attempt-line.js';
import type { Call } from './call.js';
import type { HeldEvent } from './held-event.js';

const REPORT = {
  outcome: { kind: 'rejected' },
  httpStatus: 400,
  errorCode: '0x80040203',
  detail: 'no such parameter',
  serviceRequestId: 'request-1',
  hints: null,
} as const;

function callOf(events: number): Call {
  return { applicationUser: 'user-a', held: Array<HeldEvent>(events), beganAt: 1_000 };
}

describe('attemptLine', () => {
  it('says what a single call came to', () => {
    expect(attemptLine({ call: callOf(1), report: REPORT, counted: true, endedAt: 1_250 })).toEqual({
      outcome: 'rejected',
      counted: true,
      startedAt: 1_000,
      durationMs: 250,
      applicationUser: 'user-a',
      httpStatus: 400,
      errorCode: '0x80040203',
      detail: 'no such parameter',
      serviceRequestId: 'request-1',
    });
  });

  it.each([
    [1, null, null],
    [2, null, 'in a batch of 2'],
    [10, 'no answer', 'no answer; in a batch of 10'],
  ])('of %i events with detail %j says %j', (events, detail, expected) => {
    const line = attemptLine({ call: callOf(events), report: { ...REPORT, detail }, counted: false, endedAt: 1_000 });
    expect(line).toMatchObject({ detail: expected, counted: false, durationMs: 0 });
  });
});
