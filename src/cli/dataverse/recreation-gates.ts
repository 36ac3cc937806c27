import { setTimeout as sleep } from 'node:timers/promises';
import type { Recreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import { typeGate } from '../../delivery/gate-name.js';
import { Gates } from '../../delivery/gates.js';
import {
  forgetRecreation,
  isPausedByRecreation,
  keepRecreation,
  pauseForRecreation,
  resumeRecreated,
} from '../../delivery/recreated-gate.js';
import { SystemTimers } from '../../kernel/timers.js';
import type { GatePause } from '../../outbox/gate-pause.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import { isSameRecreation, type RecreationFacts } from '../../outbox/recreation-facts.js';
import type { Store } from '../../outbox/store.js';
import { actingOperator } from '../acting-operator.js';
import { hostWord, mayBeAtWork } from './may-be-at-work.js';
import { pauseReason, resumeReason } from './recreation-pause.js';
import type { WishSource } from './wish-source.js';

/** How long calls under way are waited for. A call in the gap gets a 404 and is repeated later. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 250;

/** A recreation that some run of `apply` began and did not complete. */
export interface LeftRecreation {
  readonly gate: string;
  readonly type: string;
  readonly told: RecreationFacts;
  /** Null where somebody resumed the gate. */
  readonly pause: GatePause | null;
  /** Whether that run made the pause; otherwise a person did. */
  readonly isPausedByIt: boolean;
  /** Whether that run may still be working. */
  readonly isAtWork: boolean;
}

/** The facts about a recreation, which must be kept while the custom API is missing. */
export interface RecreationToBegin {
  readonly recreation: Recreation;
  readonly wishedBy: readonly WishSource[];
}

/** What this run tells of a recreation. */
export interface KeptRecreation {
  readonly told: RecreationFacts;
  /** Whether an earlier run had begun it: parts of the custom API may be missing already. */
  readonly isTakenOver: boolean;
}

/**
 * The gates of event types while their custom APIs are gone, in the gateway's own store: keeps there what was begun, and
 * pauses them unless a person has done so.
 */
export class RecreationGates {
  private readonly gates: Gates;

  constructor(private readonly store: Store) {
    this.gates = new Gates(store.gates, store.clock, new SystemTimers());
  }

  /** Every recreation that is begun, including those of this run. */
  async begun(): Promise<readonly LeftRecreation[]> {
    await this.gates.refresh(0);
    const now = this.store.clock.now();
    return this.gates.list().flatMap((record) => {
      const { name: gate, pause, recreation: told } = record;
      if (told === null || !gate.startsWith(TYPE)) return [];
      const whose = { isPausedByIt: isPausedByRecreation(record), isAtWork: mayBeAtWork(told, now) };
      return [{ gate, type: gate.slice(TYPE.length), told, pause, ...whose }];
    });
  }

  async find(gate: string): Promise<GateRecord> {
    await this.gates.refresh(0);
    return this.gates.find(gate);
  }

  /**
   * Keeps what is begun, and pauses the gate unless a person's pause stands. A recreation whose run has ended is taken
   * over; null where another run may be working at it.
   */
  async begin({ recreation, ...what }: RecreationToBegin): Promise<KeptRecreation | null> {
    const gate = typeGate(recreation.type);
    const before = await this.find(gate);
    const earlier = before.recreation;
    const at = this.store.clock.now();
    if (earlier !== null && mayBeAtWork(earlier, at)) return null;
    // Steps that an earlier run deleted still have to be restored.
    const wishedBy = [...new Set([...(earlier?.wishedBy ?? []), ...what.wishedBy])];
    const who = { customApi: recreation.name, process: process.pid, host: hostWord(), at };
    const facts = { ...who, executePrivilege: recreation.executePrivilege, wishedBy };
    const steered = { by: actingOperator(), reason: pauseReason(facts, recreation.losses.map(inWords)) };
    const told = { ...facts, pause: { ...steered, since: before.pause?.since ?? at } };
    const pausing = (record: GateRecord) => pauseForRecreation(record, told, earlier);
    await this.gates.steer(gate, pausing, { ...steered, action: 'gate.pause' });
    // Changes nothing where the gate was paused just now.
    await this.gates.change(gate, (record) => keepRecreation(record, told, earlier));
    const isKept = isSameRecreation(this.gates.find(gate).recreation, told);
    return isKept ? { told, isTakenOver: earlier !== null } : null;
  }

  /** Resolves when no call of the types is under way, or when waiting for that makes no sense any more. */
  async waitForCalls(types: readonly string[], signal: AbortSignal): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (const type of types) {
      while (performance.now() < until && !signal.aborted && (await this.isUnderWay(type))) await sleep(LOOK_EVERY_MS);
    }
  }

  /** Forgets a recreation, lifts its own pause and no other, and returns what became of the gate. */
  async end(gate: string, told: RecreationFacts): Promise<GateRecord> {
    const now = this.store.clock.now();
    const steered = { by: actingOperator(), reason: resumeReason(told.customApi) };
    const resuming = (record: GateRecord) => resumeRecreated(record, told, now);
    await this.gates.steer(gate, resuming, { ...steered, action: 'gate.resume' });
    await this.gates.change(gate, (record) => forgetRecreation(record, told));
    return this.gates.find(gate);
  }

  stop(): void {
    this.gates.stop();
  }

  private async isUnderWay(type: string): Promise<boolean> {
    const filter = { type, status: 'delivering' } as const;
    const { events } = await this.store.outbox.list({ filter, cursor: null, limit: 1 });
    return events.length > 0;
  }
}

const TYPE = typeGate('');

function inWords({ component, name }: Recreation['losses'][number]): string {
  return `${component} ${name}`;
}
