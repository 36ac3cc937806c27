import type { Timers } from '../kernel/timers.js';
import type { NewAuditEntry } from '../outbox/audit-store.js';
import type { GateRecord, GateStore } from '../outbox/gate-store.js';
import { openGate } from './gate.js';
import { untilStored } from './until-stored.js';

/** One change of a gate. Applied here at once, and again to any state that another process stored meanwhile. */
export type GateTransition = (gate: GateRecord) => GateRecord;

export interface StoredGateParts {
  readonly store: GateStore;
  readonly timers: Timers;
  readonly onChange: (gate: GateRecord, before: GateRecord) => void;
  /** Ends the repeating of writes that are rolled back. */
  readonly signal: AbortSignal;
}

/** A change that is not stored yet; an operator's comes with its line for the audit. */
interface Unsaved {
  readonly transition: GateTransition;
  readonly audit: NewAuditEntry | null;
}

/**
 * One gate as this process sees it and as the database holds it. A change is in force here as soon as it is made.
 * Writes follow one at a time; changes made during a write share the next one.
 */
export class StoredGate {
  private view: GateRecord;
  private confirmed: GateRecord;
  private unsaved: Unsaved[] = [];
  private saving: Promise<void> | null = null;

  constructor(
    name: string,
    private readonly parts: StoredGateParts,
  ) {
    this.confirmed = openGate(name);
    this.view = this.confirmed;
  }

  get record(): GateRecord {
    return this.view;
  }

  /** As the database is known to have it, without what is still to be saved. */
  get stored(): GateRecord {
    return this.confirmed;
  }

  /** Resolves once the change is stored, and rejects with `StorageError` where that is impossible. */
  change(transition: GateTransition, audit: NewAuditEntry | null = null): Promise<void> {
    if (!this.show(transition(this.view))) return this.saving ?? Promise.resolve();
    this.unsaved.push({ transition, audit });
    this.saving ??= this.save();
    return this.saving;
  }

  /** Takes over what another process stored. While changes wait to be saved, saving them does that. */
  refresh(stored: GateRecord): void {
    if (this.saving !== null || stored.revision <= this.confirmed.revision) return;
    this.confirmed = stored;
    this.show(stored);
  }

  private async save(): Promise<void> {
    try {
      while (this.unsaved.length > 0) await this.saveOnce();
    } finally {
      // In the same turn in which nothing was left: a change a moment later starts a new save.
      this.saving = null;
    }
  }

  private async saveOnce(): Promise<void> {
    const batch = this.nextBatch();
    const changed = applied(batch, this.confirmed);
    // It adds nothing to what another process stored: neither a write nor a deed.
    if (changed === this.confirmed) {
      this.unsaved.splice(0, batch.length);
      return;
    }
    const candidate = { ...changed, revision: this.confirmed.revision + 1 };
    const audit = batch[0]?.audit ?? null;
    const { store, timers, signal } = this.parts;
    if (await untilStored(() => store.save(candidate, audit), timers, signal)) {
      this.confirmed = candidate;
      this.unsaved.splice(0, batch.length);
      this.view = { ...this.view, revision: candidate.revision };
    } else {
      await this.rebase();
    }
  }

  /** Which changes share a write: an operator's change goes alone, so that its line tells of that change only. */
  private nextBatch(): readonly Unsaved[] {
    const deed = this.unsaved.findIndex(({ audit }) => audit !== null);
    return deed === -1 ? [...this.unsaved] : this.unsaved.slice(0, Math.max(1, deed));
  }

  /** Another process was faster: take its state first, then apply ours to it. */
  private async rebase(): Promise<void> {
    const { name } = this.confirmed;
    const { store, timers, signal } = this.parts;
    const gates = await untilStored(() => store.list(), timers, signal);
    this.confirmed = gates.find((gate) => gate.name === name) ?? openGate(name);
    this.show(applied(this.unsaved, this.confirmed));
  }

  private show(gate: GateRecord): boolean {
    if (gate === this.view) return false;
    const before = this.view;
    this.view = gate;
    this.parts.onChange(gate, before);
    return true;
  }
}

function applied(changes: readonly Unsaved[], gate: GateRecord): GateRecord {
  return changes.reduce((changed, { transition }) => transition(changed), gate);
}
