import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Verification } from '../../src/contract/verification.js';
import type { AttemptEntry } from '../../src/delivery/delivery-journal.js';
import type { GateRecord } from '../../src/outbox/gate-store.js';
import { type OperationsApp, startOperationsApp } from './support/operations-app.js';

let app: OperationsApp;
beforeEach(async () => {
  app = await startOperationsApp({ metricsPort: null });
});
afterEach(() => app.close());

const ATTEMPT: AttemptEntry = {
  eventId: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70',
  type: 'CustomerPurchase',
  client: 'till',
  attempt: 3,
  attemptMax: 10,
  outcome: 'uncertain',
  counted: true,
  durationMs: 120_000,
  httpStatus: null,
  errorCode: 'ECONNABORTED',
  detail: 'no answer',
  serviceRequestId: null,
  applicationUser: 'app-1',
  settlement: 'retry',
  reason: null,
  result: 'settled',
  nextAttemptAt: Date.parse('2026-11-22T10:00:08.000Z'),
  ageMs: 360_000,
};

describe('an attempt', () => {
  it('is one wide line with everything known about it', () => {
    app.delivery.attempted(ATTEMPT);

    const [line, ...others] = app.lines();
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      ...ATTEMPT,
      level: 'info',
      msg: 'delivery.attempted',
      nextAttemptAt: '2026-11-22T10:00:08.000Z',
    });
  });

  it.each([
    ['ends the event as dead', { settlement: 'dead', reason: 'uncertain', nextAttemptAt: null }],
    ['came too late to be settled', { result: 'stale' }],
  ] as const)('is a warning when it %s', (_how, facts) => {
    app.delivery.attempted({ ...ATTEMPT, ...facts });

    expect(app.lines()[0]).toMatchObject({
      level: 'warn',
      nextAttemptAt: 'nextAttemptAt' in facts ? null : expect.any(String),
    });
  });

  it.each([
    ['delivered', 'settled', true],
    ['delivered', 'proved', true],
    ['delivered', 'confirmed', true],
    ['dead', 'settled', true],
    ['retry', 'settled', false],
    ['delivered', 'stale', false],
  ] as const)('tells those who wait for the event where it ended it: %s, %s', (settlement, result, isEnd) => {
    app.delivery.attempted({ ...ATTEMPT, settlement, result });

    expect(app.ended).toEqual(isEnd ? [ATTEMPT.eventId] : []);
  });
});

describe('a gate that changes', () => {
  const PAUSE = { by: 'ops', reason: 'release', since: 1 };
  const GATE: GateRecord = {
    name: 'user:app-1',
    cause: 'throttled',
    detail: 'status 429',
    closedUntil: Date.now() + 3_600_000,
    closings: 2,
    pause: null,
    recreation: null,
    unread: null,
    probe: null,
    changedAt: 1,
    revision: 2,
  };

  it.each([
    ['closed for what passes', {}, 'warn', 'closed'],
    ['closed for what passes by itself', { cause: 'unavailable' }, 'warn', 'closed'],
    ['closed for what a person must repair', { cause: 'misconfigured' }, 'error', 'closed'],
    ['closed to strangers', { cause: 'forbidden' }, 'error', 'closed'],
    ['closed to a wrong secret', { cause: 'unauthorized' }, 'error', 'closed'],
    ['probing', { closedUntil: 1 }, 'info', 'probing'],
    ['closed as drift and due to be verified', { cause: 'drift', closedUntil: 1 }, 'error', 'closed'],
    ['open', { cause: null, detail: null }, 'info', 'open'],
    ['paused', { cause: null, detail: null, pause: PAUSE }, 'warn', 'paused'],
    ['paused while it probes', { closedUntil: 1, pause: PAUSE }, 'warn', 'paused'],
    ['paused and closed for what a person must repair', { cause: 'drift', pause: PAUSE }, 'error', 'paused'],
  ] as const)('is told when it is %s', (_how, facts, level, state) => {
    app.delivery.gateChanged({ ...GATE, ...facts });

    expect(app.lines()).toEqual([expect.objectContaining({ level, state, gate: 'user:app-1', msg: 'gate.changed' })]);
  });

  it('has no end of its closing once it is open', () => {
    app.delivery.gateChanged({ ...GATE, cause: null, detail: null });

    expect(app.lines()[0]).toMatchObject({ state: 'open', closedUntil: null });
  });

  it('names who paused it and why', () => {
    app.delivery.gateChanged({ ...GATE, cause: null, pause: PAUSE });

    expect(app.lines()[0]).toMatchObject({ paused: true, pausedBy: 'ops', pauseReason: 'release' });
  });
});

describe('a type that was verified', () => {
  const detail = 'the parameter Amount is missing';

  it.each<[Verification, object]>([
    [
      { status: 'verified', at: 1 },
      { level: 'info', msg: 'type.verified' },
    ],
    [
      { status: 'drifted', at: 1, detail },
      { level: 'error', msg: 'type.drifted', detail },
    ],
    [
      { status: 'not-verified', at: 1, detail },
      { level: 'warn', msg: 'type.not-verified', detail },
    ],
  ])('is one line when that is news: %j', (verification, line) => {
    app.delivery.verified({ type: 'CustomerPurchase', verification, inFull: null, isNews: true });
    app.delivery.verified({ type: 'CustomerPurchase', verification, inFull: null, isNews: false });

    expect(app.lines()).toMatchObject([{ ...line, type: 'CustomerPurchase' }]);
    expect(app.lines()).toHaveLength(1);
  });

  it("has the target's own words for operators", () => {
    const verification = { status: 'not-verified', at: 1, detail } as const;
    app.delivery.verified({ type: 'CustomerPurchase', verification, inFull: 'missing prvReadCustomAPI', isNews: true });
    expect(app.lines()).toMatchObject([{ detail: 'missing prvReadCustomAPI' }]);
  });
});

describe('a store that refuses', () => {
  it('is an error with its words, and its return a line', () => {
    app.delivery.storeRefused({ call: 'settle', detail: 'database or disk is full' });
    app.delivery.storeBack(61_000);
    expect(app.lines()).toMatchObject([
      { level: 'error', msg: 'delivery.store-refused', call: 'settle', detail: 'database or disk is full' },
      { level: 'info', msg: 'delivery.store-back', refusedForMs: 61_000 },
    ]);
  });
});
