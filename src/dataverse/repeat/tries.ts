import type { Answer, NotSent } from '../answer.js';
import { decideRepeat, type RepeatDecision } from './decide-repeat.js';
import type { Patience } from './patience.js';
import type { Hold, Throttle } from './throttle.js';
import { whyWaiting } from './why-waiting.js';

/** The tries of one request: the result of the last, and whether another follows. */
export class Tries {
  private repeats = 0;
  private waitedMs = 0;
  private tookMs = 0;
  private last: Answer | NotSent = { kind: 'not-sent' };
  private decision: RepeatDecision = { kind: 'final' };

  constructor(
    private readonly patience: Patience,
    private readonly throttle: Throttle,
    private readonly repeatable: boolean,
  ) {}

  get answer(): Answer | NotSent {
    return this.last;
  }

  /** How long to wait before the next try, in milliseconds; null where there is none. */
  get waitMs(): number | null {
    return this.decision.kind === 'repeat' ? this.decision.afterMs : null;
  }

  /** Sends, unless another request of the user was told to wait: then that answer counts for this request too. */
  async make(send: () => Promise<Answer | NotSent>): Promise<void> {
    const hold = this.throttle.current();
    if (hold !== null) {
      this.last = hold.answer;
      this.tookMs = 0;
      this.decision = this.decideHeld(hold);
      return;
    }
    const begun = performance.now();
    this.last = await send();
    this.tookMs = Math.round(performance.now() - begun);
    if (this.last.kind === 'not-sent') {
      this.decision = { kind: 'final' };
      return;
    }
    this.throttle.note(this.last);
    const { repeatable, repeats, waitedMs } = this;
    this.decision = decideRepeat(this.last, { repeatable, repeats, waitedMs }, this.patience, Math.random());
  }

  /** The wait begins. */
  begin(): void {
    if (this.decision.kind !== 'repeat') return;
    const { afterMs, why } = this.decision;
    const ofToken = this.last.kind === 'no-token' ? ({ isOfToken: true } as const) : {};
    this.patience.onWait?.({ ms: afterMs, tookMs: this.tookMs, why, ...ofToken });
    this.waitedMs += afterMs;
    if (this.decision.isCounted) this.repeats += 1;
  }

  private decideHeld({ answer, remainingMs }: Hold): RepeatDecision {
    if (this.waitedMs + remainingMs > this.patience.waitMs) return { kind: 'given-up' };
    return { kind: 'repeat', afterMs: remainingMs, why: whyWaiting(answer), isCounted: false };
  }
}
