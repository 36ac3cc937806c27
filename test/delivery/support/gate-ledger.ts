import { passageThrough } from '../../../src/delivery/passage.js';
import type { EpochMs } from '../../../src/kernel/clock.js';
import { type GateRecord, GateStore } from '../../../src/outbox/gate-store.js';

/** Remembers every state of every gate that was committed, and from when it stood. */
export class GateLedger {
  private readonly states = new Map<string, { readonly from: EpochMs; readonly gate: GateRecord }[]>();

  note(gate: GateRecord, from: EpochMs): void {
    this.states.set(gate.name, [...(this.states.get(gate.name) ?? []), { from, gate }]);
  }

  get names(): readonly string[] {
    return [...this.states.keys()];
  }

  /** Whether a gate was closed, as everybody could read, from one instant to another without a moment's break. */
  wasClosed(name: string, from: EpochMs, to: EpochMs): boolean {
    const states = this.states.get(name) ?? [];
    const before = states.findLastIndex((state) => state.from <= from);
    const standing = states.slice(Math.max(0, before)).filter((state) => state.from <= to);
    if (before === -1) return false;
    return standing.every(({ gate }, index) => {
      const end = Math.min(to, (standing[index + 1]?.from ?? to) - 1);
      return passageThrough(gate, end).kind === 'closed';
    });
  }

  /** The state that stood at an instant, or null. */
  at(name: string, instant: EpochMs): GateRecord | null {
    return this.states.get(name)?.findLast(({ from }) => from <= instant)?.gate ?? null;
  }

  /** The same store, with its commits noted. */
  watch(store: GateStore, now: () => EpochMs, saved: () => void): GateStore {
    return new WatchedGates(store, (gate) => {
      this.note(gate, now());
      saved();
    });
  }
}

class WatchedGates extends GateStore {
  constructor(
    private readonly store: GateStore,
    private readonly saved: (gate: GateRecord) => void,
  ) {
    super();
  }

  override list(): Promise<readonly GateRecord[]> {
    return this.store.list();
  }

  override async save(gate: GateRecord, ...rest: [Parameters<GateStore['save']>[1]]): Promise<boolean> {
    const stored = await this.store.save(gate, ...rest);
    if (stored) this.saved(gate);
    return stored;
  }
}
