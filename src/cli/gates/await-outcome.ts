import { setTimeout as wait } from 'node:timers/promises';
import type { Gates } from '../../delivery/gates.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import { type ProbeOutcome, probeOutcome } from './probe-outcome.js';

/** A replica reads what is deployed within a second or two; after five, another one says that it cannot be read. */
const PATIENCE_MS = 8_000;

const BETWEEN_LOOKS_MS = 200;

/** The gate as it was found at last, and what came of its probe: null where nothing is known yet. */
export interface FoundGate {
  readonly gate: GateRecord;
  readonly outcome: ProbeOutcome | null;
}

/**
 * Looks at the store until something came of `asked`, a gate that was left probing or due to be verified; for some
 * seconds, or until the signal.
 */
export async function awaitOutcome(gates: Gates, asked: GateRecord, signal: AbortSignal): Promise<FoundGate> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const isLast = signal.aborted || performance.now() >= until;
    await gates.refresh(0);
    const gate = gates.find(asked.name);
    const outcome = probeOutcome(asked, gate);
    if (outcome !== null || isLast) return { gate, outcome };
    await wait(BETWEEN_LOOKS_MS, undefined, { signal }).catch(() => undefined);
  }
}
