import { setTimeout as wait } from 'node:timers/promises';
import type { Gates } from '../../delivery/gates.js';
import type { GateRecord } from '../../outbox/gate-store.js';

/** A replica reads what is deployed within a second or two; after five, another one says that it cannot be read. */
const PATIENCE_MS = 8_000;

const BETWEEN_LOOKS_MS = 200;

/**
 * Looks at the store until a running gateway has done something about `asked`, a gate that was left probing or due to be
 * verified. Resolves with the gate as it is then, or with null where nothing came of it within some seconds, or before
 * the signal.
 */
export async function awaitOutcome(gates: Gates, asked: GateRecord, signal: AbortSignal): Promise<GateRecord | null> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const isLast = signal.aborted || performance.now() >= until;
    await gates.refresh(0);
    const gate = gates.find(asked.name);
    if (isOutcome(gate, asked)) return gate;
    if (isLast) return null;
    await wait(BETWEEN_LOOKS_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Whose turn it is to probe says nothing of what came of it. */
function isOutcome(gate: GateRecord, asked: GateRecord): boolean {
  return (
    gate.cause !== asked.cause || gate.closings !== asked.closings || (gate.pause === null) !== (asked.pause === null)
  );
}
