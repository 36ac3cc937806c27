import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';
import type { GatePause, GateRecord, GateStore } from '../outbox/gate-store.js';
import { type Closing, closeGate, gateState, openGate, passGate, pauseGate, probeGate, resumeGate } from './gate.js';
import { type Passage, passageThrough } from './passage.js';
import { StoredGate } from './stored-gate.js';

/** Told of every change of a gate, whoever made it. Must neither throw nor wait. */
export type GateListener = (gate: GateRecord) => void;

/**
 * Every gate, in memory over the store: what may be sent is asked before each call, so it must cost nothing. The view
 * is never older than what this process did itself, and half a second behind what others did while it works.
 */
export class Gates {
  private readonly gates = new Map<string, StoredGate>();
  private readonly listeners: GateListener[] = [];
  private readonly closing = new AbortController();
  private refreshedAt: EpochMs | null = null;

  constructor(
    private readonly store: GateStore,
    private readonly clock: Clock,
    private readonly timers: Timers,
  ) {}

  onChange(listener: GateListener): void {
    this.listeners.push(listener);
  }

  /** Every gate that was ever closed or paused, by name. */
  list(): readonly GateRecord[] {
    return [...this.gates.values()].map((gate) => gate.record).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): GateRecord {
    return this.gates.get(name)?.record ?? openGate(name);
  }

  passage(name: string, now: EpochMs): Passage {
    const gate = this.gates.get(name);
    return gate === undefined ? OPEN : passageThrough(gate.record, now);
  }

  /** The next instant at which a closed gate begins to probe, or null when none will by itself. */
  nextReopeningAt(now: EpochMs): EpochMs | null {
    let next: EpochMs | null = null;
    for (const { record } of this.gates.values()) {
      if (record.pause !== null || gateState(record, now) !== 'closed') continue;
      if (record.closedUntil !== null && record.closedUntil < (next ?? Number.POSITIVE_INFINITY)) {
        next = record.closedUntil;
      }
    }
    return next;
  }

  /** Reads what other processes stored, unless that was done less than `maxAgeMs` ago. */
  async refresh(maxAgeMs: number): Promise<void> {
    const now = this.clock.now();
    if (this.refreshedAt !== null && now - this.refreshedAt < maxAgeMs && now >= this.refreshedAt) return;
    const stored = await this.store.list();
    this.refreshedAt = now;
    for (const record of stored) this.gate(record.name).refresh(record);
  }

  /** In force at once; resolves when stored. */
  close(name: string, closing: Closing): Promise<void> {
    const now = this.clock.now();
    return this.gate(name).change((gate) => closeGate(gate, closing, now));
  }

  /** A delivered event passed these gates, in a call that began at `callBeganAt`. Costs nothing where all stand open. */
  async pass(names: readonly string[], callBeganAt: EpochMs): Promise<void> {
    const closed = names.flatMap((name) => this.gates.get(name) ?? []);
    if (closed.length === 0) return;
    const now = this.clock.now();
    await Promise.all(closed.map((gate) => gate.change((record) => passGate(record, callBeganAt, now))));
  }

  /** For operators: nothing passes until `resume`. Calls under way end. */
  async pause(name: string, by: Pick<GatePause, 'by' | 'reason'>): Promise<GateRecord> {
    const since = this.clock.now();
    return this.operate(name, (gate) => pauseGate(gate, { ...by, since }));
  }

  /** For operators: lifts a pause; whatever else closed the gate goes on. */
  async resume(name: string): Promise<GateRecord> {
    const now = this.clock.now();
    return this.operate(name, (gate) => resumeGate(gate, now));
  }

  /** For operators, and for a start with changed settings: a closed gate probes now instead of at its time. */
  async probeNow(name: string): Promise<GateRecord> {
    const now = this.clock.now();
    return this.operate(name, (gate) => probeGate(gate, now));
  }

  /** Lets writes that the store keeps rolling back be. */
  stop(): void {
    this.closing.abort();
  }

  private async operate(name: string, transition: (gate: GateRecord) => GateRecord): Promise<GateRecord> {
    if (this.gates.has(name) || transition(openGate(name)).pause !== null) await this.gate(name).change(transition);
    return this.find(name);
  }

  private gate(name: string): StoredGate {
    const known = this.gates.get(name);
    if (known !== undefined) return known;
    const gate = new StoredGate(name, {
      store: this.store,
      timers: this.timers,
      onChange: (record) => {
        for (const listener of this.listeners) listener(record);
      },
      signal: this.closing.signal,
    });
    this.gates.set(name, gate);
    return gate;
  }
}

const OPEN: Passage = { kind: 'open' };
