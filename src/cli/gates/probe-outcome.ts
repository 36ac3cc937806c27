import type { GateRecord } from '../../outbox/gate-store.js';

/** What came of a probe. `fits`: a drift was mended, and one event at a time may try the gate. */
export type ProbeOutcome = 'open' | 'fits' | 'closed-again' | 'paused';

/**
 * What came of a probe: `asked` is the gate as the probe left it, `found` what it is now. Null where nothing is known
 * yet. Whose turn it is to probe says nothing of what came of it.
 */
export function probeOutcome(asked: GateRecord, found: GateRecord): ProbeOutcome | null {
  if (found.pause !== null) return 'paused';
  if (found.cause === null) return 'open';
  // A gate that opened and closed again between two looks differs in its time alone.
  const isSame = (['cause', 'closings', 'closedUntil'] as const).every((fact) => found[fact] === asked[fact]);
  if (isSame) return null;
  return asked.cause === 'drift' && found.cause === 'misconfigured' && found.closings === 0 ? 'fits' : 'closed-again';
}
