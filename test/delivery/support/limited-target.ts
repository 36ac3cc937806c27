import type { ServiceProtectionLimits } from '../../../src/emulator/limits/service-protection-limits.js';
import { UserLimits } from '../../../src/emulator/limits/user-limits.js';
import { DEFAULT_UNCONFIRMED_POINTS } from '../../../src/emulator/unconfirmed-points.js';
import type { DeliveryHarness } from './delivery-harness.js';
import type { Scripted, ScriptedOutcome } from './scripted-destination.js';

export interface LimitedTargetOptions {
  readonly limits: Partial<ServiceProtectionLimits>;
  /** How long an event takes; a batch takes that for each. */
  readonly executionMs: number;
}

/** The emulator's service protection limits under virtual time, one web server, limits per application user. */
export class LimitedTarget {
  limits: ServiceProtectionLimits;
  throttled = 0;
  calls = 0;
  private readonly users = new Map<string, UserLimits>();
  private readonly ofBatch = new WeakMap<readonly string[], Scripted>();

  constructor(
    private readonly harness: DeliveryHarness,
    { limits, executionMs }: LimitedTargetOptions,
  ) {
    this.limits = { requests: null, executionTimeMs: null, concurrency: null, windowMs: 10_000, ...limits };
    harness.destination.answers((_event, user, _attempt, batch) => {
      const known = this.ofBatch.get(batch);
      if (known !== undefined) return known;
      const answer = this.answer(user, executionMs * batch.length);
      this.ofBatch.set(batch, answer);
      return answer;
    });
    harness.destination.answersProbes((user) => this.answer(user, 1));
  }

  private answer(user: string, executionMs: number): Scripted {
    const { clock, timers } = this.harness;
    const limits = this.limitsOf(user);
    this.calls += 1;
    const admission = limits.admit(clock.now());
    if (admission.kind === 'refused') {
      this.throttled += 1;
      const retryAfterMs = admission.retryAfterSeconds * 1_000;
      return { after: 1, answer: { kind: 'throttled', retryAfterMs, limit: admission.facet } };
    }
    timers.after(executionMs, () => limits.release(clock.now(), executionMs));
    const answer: ScriptedOutcome = { kind: 'delivered' };
    return { after: executionMs, answer };
  }

  private limitsOf(user: string): UserLimits {
    const known = this.users.get(user) ?? new UserLimits(() => this.limits, DEFAULT_UNCONFIRMED_POINTS);
    this.users.set(user, known);
    return known;
  }
}
