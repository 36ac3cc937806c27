import type { AcceptanceGate } from '../../../src/ingest/acceptance-gate.js';

/** Tells a gate of an event loop that is late again and again: a single pause is no overload. */
export function overload(gate: AcceptanceGate): void {
  for (let look = 0; look < 3; look++) gate.observe({ freeBytes: null, loopLagMs: 60_000 });
}
