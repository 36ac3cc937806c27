import type { Clock, EpochMs } from '../kernel/clock.js';
import type { GateCause } from '../outbox/gate-store.js';
import type { ClaimedEvent } from '../outbox/outbox.js';
import type { AttemptReport } from './destination.js';
import { FailureRuns } from './failure-runs.js';
import { hasSettled } from './gate.js';
import { pairGate, typeGate, userGate } from './gate-name.js';
import { type GateSignal, gateSignalOf } from './gate-signal.js';
import type { Gates } from './gates.js';
import { inWords } from './in-words.js';
import { wereRefusedTogether } from './refused-together.js';

/** A call that was answered, and the result for each of its events. */
export interface ObservedCall {
  readonly applicationUser: string;
  readonly callBeganAt: EpochMs;
  readonly parts: readonly ObservedPart[];
}

export interface ObservedPart {
  readonly event: Pick<ClaimedEvent, 'id' | 'type'>;
  readonly report: AttemptReport;
}

export interface GateEffect {
  /** Which parts closed their type's gate while that stood open, which means after other events had passed. */
  readonly closers: ReadonlySet<ObservedPart>;
  /** Resolves once every gate this call changed is stored. */
  readonly saved: Promise<void>;
}

/** Told of each event that its target refused for what it is. Must neither throw nor wait. */
export type TypeRefusedListener = (type: string, report: AttemptReport) => void;

/** Turns the results of calls into closings and openings of gates, which are in force when `observe` returns. */
export class GateWatch {
  private readonly runs = new FailureRuns();
  /** The event that closed a type's gate last, by the gate's name. */
  private readonly closers = new Map<string, string>();
  private readonly listeners: TypeRefusedListener[] = [];

  constructor(
    private readonly gates: Gates,
    private readonly clock: Clock,
  ) {}

  onTypeRefused(listener: TypeRefusedListener): void {
    this.listeners.push(listener);
  }

  observe(call: ObservedCall): GateEffect {
    const closers = new Set<ObservedPart>();
    const saved = call.parts.map((part) => this.observePart(part, call, closers));
    saved.push(this.userFailed(call), this.refusedTogether(call));
    return { closers, saved: Promise.all(saved).then(() => {}) };
  }

  /** Another process sent as this application user meanwhile: earlier failures do not count towards a run any more. */
  forget(applicationUser: string): void {
    this.runs.forget(applicationUser);
  }

  /** Whether any of an event's gates is closed, paused or probing. */
  isGated(type: string, applicationUser: string): boolean {
    const now = this.clock.now();
    return namesOf(type, applicationUser).some((name) => this.gates.passage(name, now).kind !== 'open');
  }

  /**
   * The event that closed this gate last and should not be its next probe, or null. In memory: after a restart the same
   * event may probe once more.
   */
  closerOf(gateName: string): string | null {
    return this.closers.get(gateName) ?? null;
  }

  private observePart(part: ObservedPart, call: ObservedCall, closers: Set<ObservedPart>): Promise<void> {
    const signal = gateSignalOf(part.report.outcome);
    switch (signal.kind) {
      case 'passed':
        return this.passed(part, call);
      case 'closes': {
        const { closedOpenGate, saved } = this.closed(part, signal, call);
        if (closedOpenGate) closers.add(part);
        return saved;
      }
      case 'type-refused':
        for (const listener of this.listeners) listener(part.event.type, part.report);
        return wereRefusedTogether(call.parts) ? DONE : this.typeRefused(part, call);
      case 'user-failed':
      case 'none':
        return DONE;
    }
  }

  private passed({ event }: ObservedPart, { applicationUser, callBeganAt }: ObservedCall): Promise<void> {
    this.runs.passed(applicationUser, event.type);
    return this.gates.pass(namesOf(event.type, applicationUser), callBeganAt);
  }

  private closed(
    { event, report }: ObservedPart,
    { cause, retryAfterMs, scope }: Extract<GateSignal, { kind: 'closes' }>,
    { applicationUser }: ObservedCall,
  ): { readonly closedOpenGate: boolean; readonly saved: Promise<void> } {
    const closing = { cause, detail: inWords(report), retryAfterMs };
    if (scope === 'user') return { closedOpenGate: false, saved: this.gates.close(userGate(applicationUser), closing) };
    const name = scope === 'type' ? typeGate(event.type) : pairGate(applicationUser, event.type);
    const closedOpenGate = hasSettled(this.gates.find(name));
    this.closers.set(name, event.id);
    return { closedOpenGate, saved: this.gates.close(name, closing) };
  }

  /** A connection that failed counts once, however many events it carried. */
  private async userFailed({ applicationUser, callBeganAt, parts }: ObservedCall): Promise<void> {
    const failed = parts.filter(({ report }) => gateSignalOf(report.outcome).kind === 'user-failed');
    const [first] = failed;
    if (first === undefined) return;
    const name = userGate(applicationUser);
    const ids = failed.map(({ event }) => event.id);
    const runIsLong = this.runs.userFailed(applicationUser, ids);
    if (!runIsLong && !this.wasProbeOf(name, 'unavailable', callBeganAt)) return;
    await this.gates.close(name, { cause: 'unavailable', detail: inWords(first.report), retryAfterMs: null });
  }

  /** A batch that was refused as a whole counts once for each of its types. */
  private async refusedTogether(call: ObservedCall): Promise<void> {
    if (!wereRefusedTogether(call.parts)) return;
    const ofTypes = new Map(call.parts.map((part) => [part.event.type, part]));
    await Promise.all([...ofTypes.values()].map((part) => this.typeRefused(part, call)));
  }

  private async typeRefused({ event, report }: ObservedPart, { callBeganAt }: ObservedCall): Promise<void> {
    const name = typeGate(event.type);
    const runIsLong = this.runs.typeRefused(event.type);
    if (!runIsLong && !this.wasProbeOf(name, 'misconfigured', callBeganAt)) return;
    const detail = `rejected again and again, at last with ${inWords(report) ?? 'no more said'}`;
    await this.gates.close(name, { cause: 'misconfigured', detail, retryAfterMs: null });
  }

  /**
   * Whether this was the probe of a gate that had closed for the same cause. Such a failure closes the gate again, even
   * if the run is short: runs are in memory, and after a restart a closed gate must not wait for a whole new run.
   */
  private wasProbeOf(name: string, cause: GateCause, callBeganAt: EpochMs): boolean {
    const gate = this.gates.find(name);
    return gate.cause === cause && gate.closedUntil !== null && callBeganAt >= gate.closedUntil;
  }
}

function namesOf(type: string, applicationUser: string): readonly string[] {
  return [userGate(applicationUser), typeGate(type), pairGate(applicationUser, type)];
}

const DONE = Promise.resolve();
