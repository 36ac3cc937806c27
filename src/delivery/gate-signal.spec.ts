import { describe, expect, it } from '@jest/globals';
import type { Outcome } from './destination.js';
import { type GateSignal, gateSignalOf } from './gate-signal.js';

describe('gateSignalOf', () => {
  it.each<[Outcome, GateSignal]>([
    [{ kind: 'delivered' }, { kind: 'passed' }],
    [
      { kind: 'throttled', retryAfterMs: 7_000, limit: 'requests' },
      { kind: 'closes', scope: 'user', cause: 'throttled', retryAfterMs: 7_000 },
    ],
    [{ kind: 'unauthorized' }, { kind: 'closes', scope: 'user', cause: 'unauthorized', retryAfterMs: null }],
    [{ kind: 'unavailable' }, { kind: 'closes', scope: 'user', cause: 'unavailable', retryAfterMs: null }],
    [
      { kind: 'forbidden', scope: 'pair' },
      { kind: 'closes', scope: 'pair', cause: 'forbidden', retryAfterMs: null },
    ],
    [
      { kind: 'forbidden', scope: 'user' },
      { kind: 'closes', scope: 'user', cause: 'forbidden', retryAfterMs: null },
    ],
    [
      { kind: 'misconfigured', scope: 'type' },
      { kind: 'closes', scope: 'type', cause: 'misconfigured', retryAfterMs: null },
    ],
    [
      { kind: 'misconfigured', scope: 'user' },
      { kind: 'closes', scope: 'user', cause: 'misconfigured', retryAfterMs: null },
    ],
    [{ kind: 'uncertain' }, { kind: 'user-failed' }],
    [{ kind: 'transient' }, { kind: 'user-failed' }],
    [{ kind: 'rejected' }, { kind: 'type-refused' }],
    [{ kind: 'conflicted' }, { kind: 'none' }],
  ])('%j means %j', (outcome, signal) => {
    expect(gateSignalOf(outcome)).toEqual(signal);
  });
});
