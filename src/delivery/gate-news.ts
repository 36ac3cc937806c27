import type { EpochMs } from '../kernel/clock.js';
import type { GateRecord } from '../outbox/gate-store.js';
import { isNews, shownState } from './gate.js';

/**
 * Remembers what was told of each gate, so that a cause that lasts is told once: a gate whose probe failed closes again
 * for the same cause, every minute of an outage.
 */
export class GateNews {
  /** What was told last, by the gate's name. */
  private readonly told = new Map<string, string>();

  /** Whether this change is to be told; then it has been. */
  learn(gate: GateRecord, before: GateRecord, now: EpochMs): boolean {
    if (!isNews(gate, before, now)) return false;
    const { cause, pause } = gate;
    const news = JSON.stringify([shownState(gate, now), cause, pause?.by, pause?.reason]);
    if (this.told.get(gate.name) === news) return false;
    this.told.set(gate.name, news);
    return true;
  }
}
