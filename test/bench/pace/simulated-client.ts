import type { Call } from '../../../src/delivery/call.js';
import type { AttemptReport, Outcome } from '../../../src/delivery/destination.js';
import { Pacing } from '../../../src/delivery/pacing.js';
import type { ServiceProtectionLimits } from '../../../src/emulator/limits/service-protection-limits.js';
import { UserLimits } from '../../../src/emulator/limits/user-limits.js';
import { DEFAULT_UNCONFIRMED_POINTS } from '../../../src/emulator/unconfirmed-points.js';
import { VirtualTime } from './virtual-time.js';

export interface Scenario {
  readonly limits: ServiceProtectionLimits;
  /** Of a call there and back; spread by 30 % either way. */
  readonly latencyMs: number;
  readonly seconds: number;
  /** From 0 to below 1, the same for the same run. */
  readonly random: () => number;
  readonly webServers?: number;
  readonly balancing?: 'in turn' | 'at random';
  /** For so long no more than one call at a time, as on a machine that is busy starting. */
  readonly slowForMs?: number;
  /** Limits that come into force later. */
  readonly later?: { readonly atMs: number; readonly limits: Partial<ServiceProtectionLimits> };
}

export interface Tally {
  readonly accepted: number;
  readonly refused: number;
  readonly closings: number;
}

const CONCURRENCY = 40;

/** One application user before an endless backlog: the real pacing and the emulator's real limits, under virtual time. */
export class SimulatedClient {
  private readonly time = new VirtualTime();
  private readonly pacing: Pacing;
  private readonly servers: readonly UserLimits[];
  private limits: ServiceProtectionLimits;
  private underWay = 0;
  private closedUntil = 0;
  private hasAsked = true;
  private isProbing = false;
  private nextServer = 0;
  private tally = { accepted: 0, refused: 0, closings: 0 };

  constructor(private readonly scenario: Scenario) {
    this.limits = scenario.limits;
    this.pacing = new Pacing({ concurrency: CONCURRENCY, batchSize: 1 }, this.time.now);
    this.servers = Array.from(
      { length: scenario.webServers ?? 1 },
      () => new UserLimits(() => this.limits, DEFAULT_UNCONFIRMED_POINTS),
    );
  }

  run(): Tally {
    const { later, seconds } = this.scenario;
    if (later !== undefined) this.time.after(later.atMs, () => this.change(later.limits));
    this.beginCalls();
    this.time.runFor(seconds * 1_000);
    return this.tally;
  }

  private change(limits: Partial<ServiceProtectionLimits>): void {
    this.limits = { ...this.limits, ...limits };
  }

  private beginCalls(): void {
    while (this.mayBegin()) {
      if (this.pacing.allowed(this.time.now) < 1) {
        this.time.alarm(this.pacing.nextAt(this.time.now), () => this.beginCalls());
        return;
      }
      this.call();
    }
  }

  private mayBegin(): boolean {
    const { slowForMs = 0 } = this.scenario;
    if (this.time.now < this.closedUntil || !this.hasAsked) return false;
    return this.underWay < (this.isProbing || this.time.elapsedMs < slowForMs ? 1 : this.pacing.limit);
  }

  private call(): void {
    // Pacing looks at when a call began and how many events it carries, at nothing in them.
    const call = { applicationUser: 'user', held: [{}], beganAt: this.time.now } as unknown as Call;
    this.underWay += 1;
    this.pacing.began(call, true);
    const server = this.server();
    this.time.after(this.latencyMs() / 2, () => {
      const admission = server.admit(this.time.now);
      if (admission.kind === 'refused') {
        this.tally.refused += 1;
        const retryAfterMs = admission.retryAfterSeconds * 1_000;
        this.time.after(1, () => this.answer(call, { kind: 'throttled', retryAfterMs, limit: admission.facet }));
        return;
      }
      this.tally.accepted += 1;
      this.time.after(this.latencyMs() / 2, () => {
        server.release(this.time.now, 0);
        this.answer(call, { kind: 'delivered' });
      });
    });
  }

  private answer(call: Call, outcome: Outcome): void {
    this.pacing.ended(call, [reportOf(outcome)], { now: this.time.now, underWay: this.underWay });
    this.underWay -= 1;
    if (outcome.kind === 'throttled') this.close(outcome.retryAfterMs ?? 0);
    else if (call.beganAt >= this.closedUntil) this.isProbing = false;
    this.beginCalls();
  }

  private close(retryAfterMs: number): void {
    if (this.time.now >= this.closedUntil) {
      this.tally.closings += 1;
      this.pacing.slowDown(this.time.now);
    }
    this.isProbing = true;
    this.hasAsked = false;
    const until = this.time.now + retryAfterMs;
    if (until <= this.closedUntil) return;
    this.closedUntil = until;
    this.time.after(retryAfterMs, () => this.ask());
  }

  /** `WhoAmI`, before an event is risked. */
  private ask(): void {
    if (this.time.now < this.closedUntil) return;
    const server = this.server();
    const admission = server.admit(this.time.now);
    this.time.after(this.latencyMs(), () => {
      if (admission.kind === 'refused') {
        this.tally.refused += 1;
        this.close(admission.retryAfterSeconds * 1_000);
        return;
      }
      this.tally.accepted += 1;
      server.release(this.time.now, 0);
      this.hasAsked = true;
      this.beginCalls();
    });
  }

  private server(): UserLimits {
    const { balancing = 'at random', random } = this.scenario;
    this.nextServer = balancing === 'in turn' ? this.nextServer + 1 : Math.floor(random() * this.servers.length);
    const server = this.servers[this.nextServer % this.servers.length];
    if (server === undefined) throw new Error('there is no web server');
    return server;
  }

  private latencyMs(): number {
    return this.scenario.latencyMs * (0.7 + 0.6 * this.scenario.random());
  }
}

function reportOf(outcome: Outcome): AttemptReport {
  return { outcome, httpStatus: null, errorCode: null, detail: null, serviceRequestId: null, hints: null };
}
