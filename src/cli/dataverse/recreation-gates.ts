import { setTimeout as sleep } from 'node:timers/promises';
import type { Recreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import { typeGate } from '../../delivery/gate-name.js';
import { Gates } from '../../delivery/gates.js';
import { SystemTimers } from '../../kernel/timers.js';
import type { GatePause } from '../../outbox/gate-store.js';
import { isSameRecreation, type RecreationFacts } from '../../outbox/recreation-facts.js';
import type { Store } from '../../outbox/store.js';
import { actingOperator } from '../acting-operator.js';
import { hostWord, mayBeAtWork } from './may-be-at-work.js';
import { pauseReason, resumeReason } from './recreation-pause.js';
import type { WishSource } from './wish-source.js';

/** How long calls under way are waited for. A call in the gap gets a 404 and is repeated later. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 250;

/** A pause that some run of `apply` made. */
export interface ApplyPause {
  readonly gate: string;
  readonly type: string;
  readonly pause: GatePause;
  readonly told: RecreationFacts;
  /** Whether that run may still be working. */
  readonly isAtWork: boolean;
}

/** The facts about a recreation, which must be kept while the custom API is missing. */
export interface RecreationToPause {
  readonly recreation: Recreation;
  readonly wishedBy: readonly WishSource[];
}

/** A pause as this run made it. */
export interface MadePause {
  readonly told: RecreationFacts;
  /** Whether an earlier run had left its pause there: parts of the custom API may be missing already. */
  readonly isTakenOver: boolean;
}

/** Pauses the gates of event types while their custom APIs are gone, in the gateway's own store, and resumes them. */
export class RecreationGates {
  private readonly gates: Gates;

  constructor(private readonly store: Store) {
    this.gates = new Gates(store.gates, store.clock, new SystemTimers());
  }

  /** Every pause of a run of `apply`, including this one. */
  async ofApply(): Promise<readonly ApplyPause[]> {
    await this.gates.refresh(0);
    const now = this.store.clock.now();
    return this.gates.list().flatMap(({ name, pause }) => {
      const told = pause?.recreation;
      if (pause === null || told === undefined || !name.startsWith(TYPE)) return [];
      return [{ gate: name, type: name.slice(TYPE.length), pause, told, isAtWork: mayBeAtWork(told, now) }];
    });
  }

  async pauseOf(gate: string): Promise<GatePause | null> {
    await this.gates.refresh(0);
    return this.gates.find(gate).pause;
  }

  /**
   * Pauses one gate; null where somebody else's pause is left as it is. The pause of a run that has ended is taken
   * over.
   */
  async pause({ recreation, ...what }: RecreationToPause): Promise<MadePause | null> {
    const gate = typeGate(recreation.type);
    const before = await this.pauseOf(gate);
    const at = this.store.clock.now();
    const earlier = before?.recreation;
    if (before !== null && (earlier === undefined || mayBeAtWork(earlier, at))) return null;
    // Steps that an earlier run deleted still have to be restored.
    const wishedBy = [...new Set([...(earlier?.wishedBy ?? []), ...what.wishedBy])];
    const who = { customApi: recreation.name, process: process.pid, host: hostWord(), at };
    const told = { ...who, executePrivilege: recreation.executePrivilege, wishedBy };
    const reason = pauseReason(told, recreation.losses.map(inWords));
    const { pause } = await this.gates.pause(gate, { by: actingOperator(), reason, recreation: told });
    return isSameRecreation(pause?.recreation, told) ? { told, isTakenOver: earlier !== undefined } : null;
  }

  /** Resolves when no call of the types is under way, or when waiting for that makes no sense any more. */
  async waitForCalls(types: readonly string[], signal: AbortSignal): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (const type of types) {
      while (performance.now() < until && !signal.aborted && (await this.isUnderWay(type))) await sleep(LOOK_EVERY_MS);
    }
  }

  /** Lifts this very pause; one that somebody put in its place stays. */
  async resume(gate: string, told: RecreationFacts): Promise<void> {
    await this.gates.resume(gate, { by: actingOperator(), reason: resumeReason(told.customApi) }, told);
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
