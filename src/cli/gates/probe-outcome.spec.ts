import { describe, expect, it } from '@jest/globals';
import { openGate } from '../../delivery/gate.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import { type ProbeOutcome, probeOutcome } from './probe-outcome.js';

const NOW = Date.UTC(2026, 10, 22);
const ASKED: GateRecord = {
  ...openGate('type:CustomerPurchase'),
  cause: 'misconfigured',
  detail: 'HTTP 404',
  closings: 1,
  closedUntil: NOW,
};
const DRIFT: GateRecord = { ...ASKED, cause: 'drift', detail: 'Email is missing' };
const PAUSE = { by: 'chief', reason: 'upgrade', since: NOW };

describe('what came of a probe', () => {
  it.each<[string, ProbeOutcome | null, GateRecord, Partial<GateRecord>]>([
    ['nothing yet, where the gate is as it was', null, ASKED, {}],
    ['nothing yet, where a process has the turn', null, ASKED, { probe: { owner: 'a', until: NOW + 1 }, revision: 2 }],
    ['open, where an event was delivered', 'open', ASKED, { cause: null, detail: null, closings: 0 }],
    ['closed again, where an event was refused', 'closed-again', ASKED, { closings: 2, closedUntil: NOW + 60_000 }],
    ['closed again, where it opened between two looks', 'closed-again', ASKED, { closedUntil: NOW + 30_000 }],
    ['closed again, for another cause', 'closed-again', ASKED, { cause: 'drift', closings: 2 }],
    ['closed again, where a drift is still there', 'closed-again', DRIFT, { closings: 2, closedUntil: NOW + 60_000 }],
    ['a drift that fits', 'fits', DRIFT, { cause: 'misconfigured', closings: 0, closedUntil: NOW + 500 }],
    ['closed again, where a drift fits and an event was refused', 'closed-again', DRIFT, { cause: 'misconfigured' }],
    ['paused, whatever else happened', 'paused', ASKED, { pause: PAUSE, cause: null, closings: 0 }],
  ])('is %s', (_what, outcome, asked, change) => {
    expect(probeOutcome(asked, { ...asked, ...change })).toBe(outcome);
  });
});
