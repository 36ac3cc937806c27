import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';
import type { AuditAction } from '../outbox/audit-store.js';
import type { GateProbe, GateRecord, GateStore } from '../outbox/gate-store.js';
import {
  type Closing,
  closeGate,
  gateState,
  openGate,
  passGate,
  pauseGate,
  probeGate,
  resumeGate,
  takeTurn,
  whyNotProbed,
} from './gate.js';
import { type Passage, passageThrough } from './passage.js';
import { type GateTransition, StoredGate } from './stored-gate.js';
import { probeByOperator } from './verification/drift-gate.js';
import { withEarlierPause } from './with-earlier-pause.js';

/** Told of every change of a gate, by this process or another. Must neither throw nor wait. */
export type GateListener = (gate: GateRecord, before: GateRecord) => void;

/** Who changes a gate, and why; both go into the audit. */
export interface SteeredBy {
  readonly by: string;
  readonly reason: string | null;
}

/** A view older than this may lack another process's closing: no call begins on it. */
const FRESH_FOR_MS = 1_000;

/**
 * Every gate, in memory, so that asking costs nothing: own changes at once, those of others half a second late while
 * events are sent.
 */
export class Gates {
  private readonly gates = new Map<string, StoredGate>();
  private readonly listeners: GateListener[] = [];
  private readonly closing = new AbortController();
  private refreshedAt: EpochMs | null = null;
  private hinted = false;

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

  /** The gates as the database has them: without changes that this process has not stored yet. */
  findStored(name: string): GateRecord {
    return this.gates.get(name)?.stored ?? openGate(name);
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

  /** Whether this view has what others stored up to a second ago: only then may it decide what is sent. */
  isFresh(now: EpochMs): boolean {
    return this.ageAt(now) < FRESH_FOR_MS;
  }

  /** Another process changed a gate: the next `refresh` reads, even if the view is new. */
  outdate(): void {
    this.hinted = true;
  }

  /** Reads what other processes stored, unless it did so less than `maxAgeMs` ago; tells whether it did. */
  async refresh(maxAgeMs: number): Promise<boolean> {
    const now = this.clock.now();
    if (!this.hinted && this.ageAt(now) < maxAgeMs) return false;
    this.hinted = false;
    const stored = await this.store.list();
    this.refreshedAt = now;
    for (const record of stored) this.gate(record.name).refresh(record);
    return true;
  }

  /** In force at once; resolves when stored. */
  close(name: string, closing: Closing): Promise<void> {
    const now = this.clock.now();
    return this.change(name, (gate) => closeGate(gate, closing, now));
  }

  /** Any other transition, likewise. */
  change(name: string, transition: GateTransition): Promise<void> {
    return this.gate(name).change(transition);
  }

  /** A delivered event passed these gates, in a call that began at `callBeganAt`. Costs nothing where all are open. */
  async pass(names: readonly string[], callBeganAt: EpochMs): Promise<void> {
    const closed = names.flatMap((name) => this.gates.get(name) ?? []);
    if (closed.length === 0) return;
    const now = this.clock.now();
    await Promise.all(closed.map((gate) => gate.change((record) => passGate(record, callBeganAt, now))));
  }

  /** Gives a process the turn to probe, unless another one has it; resolves when the database has decided. */
  takeTurn(name: string, turn: GateProbe): Promise<void> {
    const now = this.clock.now();
    return this.gate(name).change((gate) => takeTurn(gate, turn, now));
  }

  /** Ends a closing now instead of at its time, for somebody who removed its cause and need not wait. */
  async reprobe(name: string): Promise<void> {
    const now = this.clock.now();
    if (this.gates.has(name)) await this.gate(name).change((gate) => probeGate(gate, now));
  }

  /** For operators: nothing passes until `resume`. Calls under way end. */
  async pause(name: string, { by, reason }: { readonly by: string; readonly reason: string }): Promise<GateRecord> {
    const pause = { by, reason, since: this.clock.now() };
    return this.steer(name, (gate) => pauseGate(gate, pause), { action: 'gate.pause', by, reason });
  }

  /** For operators: lifts a pause; any other closing of the gate goes on. */
  async resume(name: string, { by, reason }: SteeredBy): Promise<GateRecord> {
    const now = this.clock.now();
    return this.steer(name, (gate) => resumeGate(gate, now), { action: 'gate.resume', by, reason });
  }

  /** For operators: a closed gate probes now instead of at its time, unless it is paused or throttled. */
  async probeNow(name: string, { by, reason }: SteeredBy): Promise<GateRecord> {
    const now = this.clock.now();
    const probe: GateTransition = (gate) => (whyNotProbed(gate, now) === null ? probeByOperator(gate, now) : gate);
    return this.steer(name, probe, { action: 'gate.probe', by, reason });
  }

  /** Any other deed of an operator. A change that changes nothing is no deed: it is neither stored nor audited. */
  async steer(
    name: string,
    transition: GateTransition,
    { action, by, reason }: SteeredBy & { readonly action: AuditAction },
  ): Promise<GateRecord> {
    // An operator's change is made from the database's state, not from a view that may be half a second old.
    await this.refresh(0);
    const known = this.gates.has(name) || transition(openGate(name)).pause !== null;
    if (known) {
      const detail = withEarlierPause(reason, by, this.find(name));
      await this.gate(name).change(transition, { by, action, subject: name, detail });
    }
    return this.find(name);
  }

  /** Gives up writes that the store keeps rolling back. */
  stop(): void {
    this.closing.abort();
  }

  /** Infinite before the first reading, and after the clock was set back. */
  private ageAt(now: EpochMs): number {
    if (this.refreshedAt === null || now < this.refreshedAt) return Number.POSITIVE_INFINITY;
    return now - this.refreshedAt;
  }

  private gate(name: string): StoredGate {
    const known = this.gates.get(name);
    if (known !== undefined) return known;
    const gate = new StoredGate(name, {
      store: this.store,
      timers: this.timers,
      onChange: (record, before) => {
        for (const listener of this.listeners) listener(record, before);
      },
      signal: this.closing.signal,
    });
    this.gates.set(name, gate);
    return gate;
  }
}

const OPEN: Passage = { kind: 'open' };
