import { type AttemptReport, Destination, type Outcome } from '../../../src/delivery/destination.js';
import type { Clock, EpochMs } from '../../../src/kernel/clock.js';
import type { Timers } from '../../../src/kernel/timers.js';
import type { ClaimedEvent } from '../../../src/outbox/outbox.js';

/** A call as the destination saw it. */
export interface SeenCall {
  readonly id: string;
  readonly type: string;
  readonly user: string;
  readonly at: EpochMs;
  /** How many calls were under way when it began, itself included. */
  readonly together: number;
  /** Ends a call that is held open; later ends change nothing. */
  readonly answer: (outcome: Outcome) => void;
  endedAt: EpochMs | null;
  /** What the caller was told, or null while it was told nothing. */
  outcome: Outcome | null;
}

/** `after`: answers that much later; `hold`: stays open until the test answers; `deaf` besides: not even to its signal. */
export type Scripted = Outcome | { readonly after: number; readonly answer: Outcome } | 'hold' | 'deaf' | Error;

type Script = (event: ClaimedEvent, user: string, attempt: number) => Scripted;

/** A target that answers as the test says, and remembers what it saw. */
export class ScriptedDestination extends Destination {
  readonly calls: SeenCall[] = [];
  readonly probes: { readonly user: string; readonly at: EpochMs }[] = [];
  private script: Script = () => ({ kind: 'delivered' });
  private probeScript: (user: string) => Scripted = () => ({ kind: 'delivered' });
  private together = 0;

  constructor(
    override readonly applicationUsers: readonly string[],
    private readonly clock: Clock,
    private readonly timers: Timers,
  ) {
    super();
  }

  /** From now on calls are answered so. `attempt` counts the calls of one event, from 1. */
  answers(script: Scripted | Script): void {
    this.script = typeof script === 'function' ? script : () => script;
  }

  answersProbes(script: Scripted | ((user: string) => Scripted)): void {
    this.probeScript = typeof script === 'function' ? script : () => script;
  }

  get underWay(): readonly SeenCall[] {
    return this.calls.filter((call) => call.endedAt === null);
  }

  callsOf(id: string): readonly SeenCall[] {
    return this.calls.filter((call) => call.id === id);
  }

  override deliver(event: ClaimedEvent, user: string, signal: AbortSignal): Promise<AttemptReport> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.together += 1;
    const { id, type } = event;
    const call: SeenCall = {
      id,
      type,
      user,
      at: this.clock.now(),
      together: this.together,
      answer: resolve,
      endedAt: null,
      outcome: null,
    };
    this.calls.push(call);
    const ended = promise.then((outcome) => {
      call.endedAt = this.clock.now();
      call.outcome = outcome;
      this.together -= 1;
      return reportOf(outcome);
    });
    return this.play(this.script(event, user, this.callsOf(id).length), { resolve, ended, signal });
  }

  override probe(user: string, signal: AbortSignal): Promise<AttemptReport> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.probes.push({ user, at: this.clock.now() });
    return this.play(this.probeScript(user), { resolve, ended: promise.then(reportOf), signal });
  }

  private play(
    scripted: Scripted,
    {
      resolve,
      ended,
      signal,
    }: { resolve: (outcome: Outcome) => void; ended: Promise<AttemptReport>; signal: AbortSignal },
  ): Promise<AttemptReport> {
    if (scripted instanceof Error) {
      resolve({ kind: 'uncertain' });
      throw scripted;
    }
    if (scripted !== 'deaf') signal.addEventListener('abort', () => resolve({ kind: 'uncertain' }));
    if (typeof scripted === 'string') return ended;
    if ('after' in scripted) this.timers.after(scripted.after, () => resolve(scripted.answer));
    else resolve(scripted);
    return ended;
  }
}

function reportOf(outcome: Outcome): AttemptReport {
  return { outcome, httpStatus: null, errorCode: null, detail: `scripted ${outcome.kind}`, serviceRequestId: null };
}
