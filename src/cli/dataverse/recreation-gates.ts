import { setTimeout as sleep } from 'node:timers/promises';
import type { Recreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import type { WishedCustomApi } from '../../dataverse/provisioning/wished/wished-state.js';
import { typeGate } from '../../delivery/gate-name.js';
import { Gates } from '../../delivery/gates.js';
import { SystemTimers } from '../../kernel/timers.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import type { Store } from '../../outbox/store.js';
import { actingOperator } from '../acting-operator.js';

/** How long calls under way are waited for. One that meets the gap is answered 404 and repeated later. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 250;

/** What became of the gate of a type. */
export interface GateDeed {
  readonly gate: string;
  readonly deed: 'paused' | 'resumed' | 'left-paused';
  /** Whose pause it is that was left as it is. */
  readonly by: string | null;
}

/** Pauses the gates of event types while their custom APIs are gone, in the gateway's own store, and resumes them. */
export class RecreationGates {
  private readonly gates: Gates;

  constructor(private readonly store: Store) {
    this.gates = new Gates(store.gates, store.clock, new SystemTimers());
  }

  /** Resolves when nothing of the types is under way, or when waiting for it has no sense any more. */
  async pause(recreations: readonly Recreation[]): Promise<readonly GateDeed[]> {
    await this.gates.refresh(0);
    const deeds: GateDeed[] = [];
    for (const { type, name } of recreations) {
      const gate = typeGate(type);
      const { pause } = this.gates.find(gate);
      if (pause !== null && pause.reason !== reasonFor(name)) {
        deeds.push({ gate, deed: 'left-paused', by: pause.by });
        continue;
      }
      await this.gates.pause(gate, { by: actingOperator(), reason: reasonFor(name) });
      deeds.push({ gate, deed: 'paused', by: null });
    }
    const until = performance.now() + PATIENCE_MS;
    for (const { type } of recreations) {
      while (performance.now() < until && (await this.isUnderWay(type))) await sleep(LOOK_EVERY_MS);
    }
    return deeds;
  }

  /** Lifts the pauses that were made here, those of an earlier run that was cut short too; nobody else's. */
  async resume(customApis: readonly WishedCustomApi[]): Promise<readonly GateDeed[]> {
    await this.gates.refresh(0);
    const own = customApis.filter(({ type, api }) => isOwn(this.gates.find(typeGate(type)), api.uniqueName));
    for (const { type, api } of own) {
      await this.gates.resume(typeGate(type), { by: actingOperator(), reason: reasonFor(api.uniqueName) });
    }
    return own.map(({ type }) => ({ gate: typeGate(type), deed: 'resumed', by: null }));
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

function isOwn({ pause }: GateRecord, uniqueName: string): boolean {
  return pause !== null && pause.reason === reasonFor(uniqueName);
}

/** By its reason a later run knows the pause of one that was cut short. */
function reasonFor(uniqueName: string): string {
  return `dataverse apply recreates ${uniqueName}`;
}
