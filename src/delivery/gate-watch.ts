import type { Clock, EpochMs } from '../kernel/clock.js';
import type { GateCause } from '../outbox/gate-store.js';
import type { ClaimedEvent } from '../outbox/outbox.js';
import type { AttemptReport } from './destination.js';
import { FailureRuns } from './failure-runs.js';
import { pairGate, typeGate, userGate } from './gate-name.js';
import { type GateSignal, gateSignalOf } from './gate-signal.js';
import type { Gates } from './gates.js';
import { inWords } from './in-words.js';

export interface ObservedAttempt {
  readonly event: Pick<ClaimedEvent, 'id' | 'type'>;
  readonly applicationUser: string;
  readonly callBeganAt: EpochMs;
  readonly report: AttemptReport;
}

export interface GateEffect {
  /** Whether it closed its type's gate while that stood open, that is after others had passed. */
  readonly closedOpenGate: boolean;
  /** Resolves once every gate this attempt changed is stored. */
  readonly saved: Promise<void>;
}

/** Turns what attempts report into closings and openings of gates; in force when `observe` returns. */
export class GateWatch {
  private readonly runs = new FailureRuns();
  /** The event that closed a type's gate last, by the gate's name. */
  private readonly closers = new Map<string, string>();

  constructor(
    private readonly gates: Gates,
    private readonly clock: Clock,
  ) {}

  observe(attempt: ObservedAttempt): GateEffect {
    const signal = gateSignalOf(attempt.report.outcome);
    switch (signal.kind) {
      case 'passed':
        return this.passed(attempt);
      case 'closes':
        return this.closed(attempt, signal);
      case 'user-failed':
        return { closedOpenGate: false, saved: this.userFailed(attempt) };
      case 'type-refused':
        return { closedOpenGate: false, saved: this.typeRefused(attempt) };
      case 'none':
        return { closedOpenGate: false, saved: DONE };
    }
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

  private passed({ event, applicationUser, callBeganAt }: ObservedAttempt): GateEffect {
    this.runs.passed(applicationUser, event.type);
    return { closedOpenGate: false, saved: this.gates.pass(namesOf(event.type, applicationUser), callBeganAt) };
  }

  private closed(attempt: ObservedAttempt, signal: Extract<GateSignal, { kind: 'closes' }>): GateEffect {
    const { event, applicationUser, report } = attempt;
    const closing = { cause: signal.cause, detail: inWords(report), retryAfterMs: signal.retryAfterMs };
    if (signal.scope === 'user') {
      return { closedOpenGate: false, saved: this.gates.close(userGate(applicationUser), closing) };
    }
    const name = signal.scope === 'type' ? typeGate(event.type) : pairGate(applicationUser, event.type);
    const closedOpenGate = this.gates.find(name).cause === null;
    this.closers.set(name, event.id);
    return { closedOpenGate, saved: this.gates.close(name, closing) };
  }

  private async userFailed(attempt: ObservedAttempt): Promise<void> {
    const name = userGate(attempt.applicationUser);
    const runIsLong = this.runs.userFailed(attempt.applicationUser, attempt.event.id);
    if (!runIsLong && !this.wasProbeOf(name, 'unavailable', attempt)) return;
    await this.gates.close(name, { cause: 'unavailable', detail: inWords(attempt.report), retryAfterMs: null });
  }

  private async typeRefused(attempt: ObservedAttempt): Promise<void> {
    const name = typeGate(attempt.event.type);
    const runIsLong = this.runs.typeRefused(attempt.event.type);
    if (!runIsLong && !this.wasProbeOf(name, 'misconfigured', attempt)) return;
    await this.gates.close(name, { cause: 'misconfigured', detail: inWords(attempt.report), retryAfterMs: null });
  }

  /**
   * Whether this was the probe of a gate that had closed for the very same cause. Such a failure closes it again though
   * the run may be short: runs are in memory, and a restart must not begin them afresh before a closed gate.
   */
  private wasProbeOf(name: string, cause: GateCause, { callBeganAt }: ObservedAttempt): boolean {
    const gate = this.gates.find(name);
    return gate.cause === cause && gate.closedUntil !== null && callBeganAt >= gate.closedUntil;
  }
}

function namesOf(type: string, applicationUser: string): readonly string[] {
  return [userGate(applicationUser), typeGate(type), pairGate(applicationUser, type)];
}

const DONE = Promise.resolve();
