import type { Timers } from '../kernel/timers.js';
import type { GateRecord, GateStore } from '../outbox/gate-store.js';
import { openGate } from './gate.js';
import { untilStored } from './until-stored.js';

/** One change of a gate. Applied at once here, and again to whatever another process stored in between. */
export type GateTransition = (gate: GateRecord) => GateRecord;

export interface StoredGateParts {
  readonly store: GateStore;
  readonly timers: Timers;
  readonly onChange: (gate: GateRecord) => void;
  /** Ends the repeating of writes that are rolled back. */
  readonly signal: AbortSignal;
}

/**
 * One gate as this process sees it and as the database holds it. A change is in force here as soon as it is made; the
 * writes follow one at a time, changes that came in the meantime share the next one.
 */
export class StoredGate {
  private view: GateRecord;
  private stored: GateRecord;
  private unsaved: GateTransition[] = [];
  private saving: Promise<void> | null = null;

  constructor(
    name: string,
    private readonly parts: StoredGateParts,
  ) {
    this.stored = openGate(name);
    this.view = this.stored;
  }

  get record(): GateRecord {
    return this.view;
  }

  /** Resolves once the change is stored, and rejects with `StorageError` where that cannot be. */
  change(transition: GateTransition): Promise<void> {
    if (!this.show(transition(this.view))) return this.saving ?? Promise.resolve();
    this.unsaved.push(transition);
    this.saving ??= this.save();
    return this.saving;
  }

  /** Takes over what another process stored. While changes wait to be saved, saving them finds out by itself. */
  refresh(stored: GateRecord): void {
    if (this.saving !== null || stored.revision <= this.stored.revision) return;
    this.stored = stored;
    this.show(stored);
  }

  private async save(): Promise<void> {
    try {
      while (this.unsaved.length > 0) await this.saveOnce();
    } finally {
      // In the same turn in which nothing was left: a change a moment later begins to save anew.
      this.saving = null;
    }
  }

  private async saveOnce(): Promise<void> {
    const count = this.unsaved.length;
    const candidate = { ...this.view, revision: this.stored.revision + 1 };
    const { store, timers, signal } = this.parts;
    if (await untilStored(() => store.save(candidate), timers, signal)) {
      this.stored = candidate;
      this.unsaved.splice(0, count);
      this.view = { ...this.view, revision: candidate.revision };
    } else {
      await this.rebase();
    }
  }

  /** Another process was faster: its state first, then ours on top of it. */
  private async rebase(): Promise<void> {
    const { name } = this.stored;
    this.stored = (await this.parts.store.list()).find((gate) => gate.name === name) ?? openGate(name);
    this.show(this.unsaved.reduce((gate, transition) => transition(gate), this.stored));
  }

  private show(gate: GateRecord): boolean {
    if (gate === this.view) return false;
    this.view = gate;
    this.parts.onChange(gate);
    return true;
  }
}
