import {
  type AttemptReport,
  type CallOptions,
  type CallReport,
  Destination,
  type Outcome,
  type TargetHints,
  type ThrottleLimit,
  UNSENT,
} from '../../../src/delivery/destination.js';
import type { Clock, EpochMs } from '../../../src/kernel/clock.js';
import type { Timers } from '../../../src/kernel/timers.js';
import type { ClaimedEvent } from '../../../src/outbox/outbox.js';

/** What a script says of an outcome; a throttle that does not name its limit is one of requests. */
export type ScriptedOutcome =
  | Exclude<Outcome, { readonly kind: 'throttled' }>
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null; readonly limit?: ThrottleLimit };

/** An event as the destination saw it called: each part of a batch is one of these. */
export interface SeenCall {
  readonly id: string;
  readonly type: string;
  readonly user: string;
  readonly at: EpochMs;
  /** How many calls were under way when it began, itself included. */
  readonly together: number;
  /** The ids of all that one call carried, its own among them. */
  readonly batch: readonly string[];
  /** Ends a call that is held open; later ends change nothing. A batch ends with the last of its parts. */
  readonly answer: (outcome: ScriptedOutcome) => void;
  endedAt: EpochMs | null;
  /** What the caller was told, or null while it was told nothing. */
  outcome: Outcome | null;
}

/** `after`: answers that much later; `hold`: stays open until the test answers; `deaf` besides: not even to its signal. */
export type Scripted =
  | ScriptedOutcome
  | { readonly after: number; readonly answer: ScriptedOutcome }
  | 'hold'
  | 'deaf'
  | Error;

type Script = (event: ClaimedEvent, user: string, attempt: number, batch: readonly string[]) => Scripted;

/** A target that answers as the test says, and remembers what it saw. */
export class ScriptedDestination extends Destination {
  readonly calls: SeenCall[] = [];
  readonly probes: { readonly user: string; readonly at: EpochMs }[] = [];
  private script: Script = () => ({ kind: 'delivered' });
  private probeScript: (user: string) => Scripted = () => ({ kind: 'delivered' });
  private together = 0;
  /** How long a call waits for a token before its request goes out. */
  tokenAfterMs = 0;
  /** How many calls were told not to send any more. */
  withheld = 0;
  /** How many batches there were. */
  batches = 0;
  /** What every answer says about the target beside its outcome. */
  hints: TargetHints | null = null;
  /** The code every answer comes with. */
  errorCode: string | null = null;

  constructor(
    override readonly applicationUsers: readonly string[],
    private readonly clock: Clock,
    private readonly timers: Timers,
  ) {
    super();
  }

  /** From now on calls are answered so. `attempt` counts the calls of one event, from 1; `batch` is one per call. */
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

  override async deliver(event: ClaimedEvent, user: string, options: CallOptions): Promise<CallReport> {
    if (this.tokenAfterMs > 0) await this.token();
    if (this.isWithheld(options)) return UNSENT;
    this.together += 1;
    return this.carry(event, [event.id], user, options.signal).finally(() => {
      this.together -= 1;
    });
  }

  override async deliverBatch(
    events: readonly ClaimedEvent[],
    user: string,
    options: CallOptions,
  ): Promise<readonly CallReport[]> {
    if (this.tokenAfterMs > 0) await this.token();
    if (this.isWithheld(options)) return events.map(() => UNSENT);
    this.together += 1;
    this.batches += 1;
    const batch = events.map(({ id }) => id);
    return Promise.all(events.map((event) => this.carry(event, batch, user, options.signal))).finally(() => {
      this.together -= 1;
    });
  }

  private token(): Promise<void> {
    return new Promise((resolve) => {
      this.timers.after(this.tokenAfterMs, resolve);
    });
  }

  private isWithheld({ mayStillSend }: CallOptions): boolean {
    const may = mayStillSend();
    if (!may) this.withheld += 1;
    return !may;
  }

  private async carry(
    event: ClaimedEvent,
    batch: readonly string[],
    user: string,
    signal: AbortSignal,
  ): Promise<AttemptReport> {
    const { promise, resolve } = Promise.withResolvers<ScriptedOutcome>();
    const { id, type } = event;
    const { together } = this;
    const at = this.clock.now();
    const call: SeenCall = { id, type, user, at, together, batch, answer: resolve, endedAt: null, outcome: null };
    this.calls.push(call);
    const ended = promise.then((outcome) => {
      call.endedAt = this.clock.now();
      call.outcome = withLimit(outcome);
      return this.reportOf(call.outcome);
    });
    return this.play(this.script(event, user, this.callsOf(id).length, batch), { resolve, ended, signal });
  }

  override probe(user: string, { signal }: CallOptions): Promise<AttemptReport> {
    const { promise, resolve } = Promise.withResolvers<ScriptedOutcome>();
    this.probes.push({ user, at: this.clock.now() });
    const ended = promise.then((outcome) => this.reportOf(withLimit(outcome)));
    return this.play(this.probeScript(user), { resolve, ended, signal });
  }

  private play(
    scripted: Scripted,
    {
      resolve,
      ended,
      signal,
    }: { resolve: (outcome: ScriptedOutcome) => void; ended: Promise<AttemptReport>; signal: AbortSignal },
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

  private reportOf(outcome: Outcome): AttemptReport {
    const { errorCode, hints } = this;
    const detail = `scripted ${outcome.kind}`;
    return { outcome, httpStatus: null, errorCode, detail, serviceRequestId: null, hints };
  }
}

function withLimit(outcome: ScriptedOutcome): Outcome {
  return outcome.kind === 'throttled' ? { ...outcome, limit: outcome.limit ?? 'requests' } : outcome;
}
