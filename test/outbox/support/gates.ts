import type { GateRecord } from '../../../src/outbox/gate-store.js';

/** A gate closed for the first time, but for what a test says about it. */
export function gateOf(name: string, facts: Partial<GateRecord> = {}): GateRecord {
  return {
    name,
    cause: 'throttled',
    detail: '429 with Retry-After',
    closedUntil: Date.UTC(2026, 0, 5, 9),
    closings: 1,
    pause: null,
    probe: null,
    changedAt: Date.UTC(2026, 0, 5, 8),
    revision: 1,
    ...facts,
  };
}
