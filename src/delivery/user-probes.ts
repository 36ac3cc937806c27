import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';
import type { GateCause } from '../outbox/gate-store.js';
import { callDestination } from './call-destination.js';
import type { Destination, Outcome } from './destination.js';
import { userGate } from './gate-name.js';
import { gateSignalOf } from './gate-signal.js';
import type { Gates } from './gates.js';
import { inWords } from './in-words.js';

export interface UserProbesParts {
  readonly destination: Destination;
  readonly gates: Gates;
  readonly clock: Clock;
  readonly timers: Timers;
}

/**
 * After a user's gate was closed for its time, asks whether the user gets through at all, before an event is risked. In
 * memory: after a restart it simply asks again.
 */
export class UserProbes {
  /** For each user, the closing that ended with a probe that got through. */
  private readonly answered = new Map<string, EpochMs>();
  private readonly asking = new Set<string>();

  constructor(private readonly parts: UserProbesParts) {}

  /** Whether events may follow: the gate is open, or probing and its probe came through. */
  hasPassed(applicationUser: string, now: EpochMs): boolean {
    const passage = this.parts.gates.passage(userGate(applicationUser), now);
    if (passage.kind !== 'probing') return passage.kind === 'open';
    return this.answered.get(applicationUser) === passage.since;
  }

  /** The users that need to be asked now. */
  due(now: EpochMs): readonly string[] {
    const { destination, gates } = this.parts;
    return destination.applicationUsers.filter(
      (user) =>
        gates.passage(userGate(user), now).kind === 'probing' && !this.asking.has(user) && !this.hasPassed(user, now),
    );
  }

  /** Asks one of those; true when events may follow, otherwise the gate has closed again. */
  async probe(applicationUser: string, signal: AbortSignal): Promise<boolean> {
    const { destination, gates, clock, timers } = this.parts;
    const name = userGate(applicationUser);
    const passage = gates.passage(name, clock.now());
    if (passage.kind !== 'probing') return false;
    this.asking.add(applicationUser);
    try {
      const mayStillSend = () => gates.passage(name, clock.now()).kind === 'probing';
      const ask = (ending: AbortSignal) => destination.probe(applicationUser, { signal: ending, mayStillSend });
      const report = await callDestination(ask, signal, timers);
      if (signal.aborted || report.outcome === null) return false;
      if (report.outcome.kind === 'delivered') {
        this.answered.set(applicationUser, passage.since);
        return true;
      }
      const { cause, retryAfterMs } = closingFor(report.outcome, gates.find(name).cause);
      await gates.close(name, { cause, detail: inWords(report), retryAfterMs });
      return false;
    } finally {
      this.asking.delete(applicationUser);
    }
  }
}

/** Any answer but a yes keeps the gate closed: for its own cause where it has one. */
function closingFor(
  outcome: Outcome,
  former: GateCause | null,
): { readonly cause: GateCause; readonly retryAfterMs: number | null } {
  const signal = gateSignalOf(outcome);
  if (signal.kind === 'closes') return signal;
  return { cause: signal.kind === 'user-failed' ? 'unavailable' : (former ?? 'unavailable'), retryAfterMs: null };
}
