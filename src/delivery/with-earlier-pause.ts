import type { GateRecord } from '../outbox/gate-store.js';

/** The audit's words for a deed that takes over or ends the pause of somebody else: they keep whose it was, and why. */
export function withEarlierPause(reason: string | null, by: string, { pause }: GateRecord): string | null {
  if (pause === null || pause.by === by) return reason;
  const earlier = `was paused by ${pause.by}: ${pause.reason}`;
  return reason === null ? earlier : `${reason} (${earlier})`;
}
