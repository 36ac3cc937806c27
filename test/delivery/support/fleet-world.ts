import { pairGate, typeGate, userGate } from '../../../src/delivery/gate-name.js';
import type { VerifierVerdict } from '../../../src/delivery/verifier.js';
import type { EpochMs } from '../../../src/kernel/clock.js';
import { StorageError } from '../../../src/outbox/storage.error.js';
import { CATALOG, NEXT_CATALOG } from './definitions.js';
import { Fleet, type FleetProcess } from './fleet.js';
import { numbersFrom } from './numbers-from.js';
import type { Accepted } from './random-world.js';
import type { Scripted, ScriptedOutcome } from './scripted-destination.js';

/** For so long the world is unkind; after it every call is delivered and nobody stands still, so that every history ends. */
const UNKIND_MS = 30_000;
const STEPS = 14;
const ORDERED = ['Payment', 'Ledger'];
const BY = { by: 'operator', reason: 'by chance' };
/** How far apart the processes' ideas of the store's time may be. */
export const SKEW_MS = 30;

/** One history by chance of two or three processes: deaths, standstills, pauses, a slow store; all from one seed. */
export class FleetWorld {
  readonly accepted: Accepted[] = [];
  readonly fleet: Fleet;
  private readonly number: () => number;
  private readonly kindFrom: EpochMs;
  private readonly slowness: number;

  private constructor(seed: number) {
    this.number = numbersFrom(seed);
    this.slowness = this.one([0, 0, 0.05, 0.2]);
    this.fleet = new Fleet({
      users: ['user-a', 'user-b', 'user-c'].slice(0, 1 + this.below(3)),
      concurrency: 1 + this.below(5),
      batchSize: this.one([1, 1, 4]),
      hints: this.number() < 0.5,
      random: this.number,
      through: (port) => this.slowed(port),
    });
    this.kindFrom = this.fleet.now + UNKIND_MS;
  }

  static async play(seed: number): Promise<FleetWorld> {
    const world = new FleetWorld(seed);
    for (let processes = 2 + world.below(2); processes > 0; processes -= 1) await world.boot();
    for (let step = 0; step < STEPS; step += 1) await world.step();
    await world.becomeKind();
    for (let waits = 0; waits < 120 && !(await world.isOver()); waits += 1) await world.fleet.advance(10_000);
    return world;
  }

  /** Whether a dead event of a type that blocks holds back everything behind it until a person comes. */
  async stuckKeys(): Promise<ReadonlySet<string | null>> {
    const events = await Promise.all(this.accepted.map(({ id }) => this.fleet.event(id)));
    return new Set(events.filter((e) => e.type === 'Ledger' && e.status === 'dead').map((e) => e.orderingKey));
  }

  private async step(): Promise<void> {
    await this.acceptSome();
    await this.fleet.advance(this.below(2_500));
    const fate = this.number();
    const process = this.one(this.fleet.processes.filter(({ freezer }) => !freezer.isFrozen));
    if (fate < 0.12) await this.kill(process);
    else if (fate < 0.3) this.standStill(process);
    else if (fate < 0.36) await this.restart(process);
    else if (fate < 0.5) this.operate(process);
  }

  private async acceptSome(): Promise<void> {
    const type = this.one(['Sale', 'Refund', ...ORDERED]);
    const key = ORDERED.includes(type) ? this.one(['k1', 'k2']) : null;
    const at = this.one(this.fleet.processes);
    const ids = await this.fleet.accept(1 + this.below(this.one([4, 8, 30])), { type, orderingKey: key, at });
    this.accepted.push(...ids.map((id) => ({ id, type, key })));
  }

  private async kill(process: FleetProcess | undefined): Promise<void> {
    if (process !== undefined) this.fleet.freeze(process);
    await this.boot();
  }

  /** For up to fifteen seconds: shorter than a lease of a user, or longer, or longer than the turn of a probe. */
  private standStill(process: FleetProcess | undefined): void {
    if (process === undefined) return;
    this.fleet.freeze(process);
    this.fleet.timers.after(this.below(15_000), () => this.fleet.resume(process));
  }

  private async restart(process: FleetProcess | undefined): Promise<void> {
    if (process !== undefined) await this.fleet.stop(process);
    await this.boot();
  }

  private operate(process: FleetProcess | undefined): void {
    const user = this.one(this.fleet.users);
    const type = this.one(['Sale', 'Payment']);
    const name = this.one([userGate(user), typeGate(type), pairGate(user, type)]);
    const deed = this.one(['pause', 'resume', 'probeNow'] as const);
    // A store that is away says so; the operator shrugs.
    void process?.gates[deed](name, BY).catch(() => undefined);
  }

  private async becomeKind(): Promise<void> {
    await this.fleet.advance(Math.max(0, this.kindFrom - this.fleet.now));
    await this.fleet.advance(15_000);
    const last = await this.boot();
    for (const { name, pause } of last.gates.list())
      if (pause !== null) await this.fleet.letPass(last.gates.resume(name, BY));
  }

  /** A process that cannot read the store at its start ends, and is started anew. */
  private async boot(): Promise<FleetProcess> {
    const script = (process: FleetProcess) => {
      process.destination.answers(() => this.answer());
      process.verifier.finds(() => this.verdict());
      process.destination.answersProbes(() => (this.isKind() ? { kind: 'delivered' } : this.outcome(false)));
    };
    for (;;) {
      try {
        return await this.fleet.boot(
          script,
          this.below(2 * SKEW_MS + 1) - SKEW_MS,
          this.one([CATALOG, CATALOG, NEXT_CATALOG]),
        );
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        for (const process of this.fleet.processes.slice(-1)) this.fleet.freeze(process);
      }
    }
  }

  /** Now and then the store takes its time, before it does what it is asked, or after; or it rolls back. */
  private slowed<T extends object>(port: T): T {
    if (this.slowness === 0) return port;
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]) => {
          await this.dawdle(name === 'list' ? 4_000 : 1_500);
          if (!this.isKind() && this.number() < this.slowness / 4) throw new StorageError('storage-not-stored', 'away');
          const answer = (await Reflect.apply(member, target, given)) as unknown;
          await this.dawdle(1_500);
          return answer;
        };
      },
    });
  }

  private async dawdle(longestMs: number): Promise<void> {
    if (this.isKind() || this.number() >= this.slowness) return;
    await new Promise<void>((resolve) => this.fleet.timers.after(this.below(this.one([50, longestMs])), resolve));
  }

  private answer(): Scripted {
    return { after: this.below(this.one([300, 3_000])), answer: this.outcome(true) };
  }

  private outcome(ofEvent: boolean): ScriptedOutcome {
    const fate = this.isKind() ? 0 : this.number();
    if (fate < 0.55) return { kind: 'delivered' };
    const others: ScriptedOutcome[] = [
      { kind: 'uncertain' },
      { kind: 'transient' },
      { kind: 'unavailable' },
      { kind: 'misconfigured', scope: 'type' },
      { kind: 'forbidden', scope: 'pair' },
    ];
    if (ofEvent) others.push({ kind: 'throttled', retryAfterMs: 1_000 + this.below(5_000) }, { kind: 'rejected' });
    return this.one(others);
  }

  /** Now and then what is deployed does not fit, or cannot be read. */
  private verdict(): VerifierVerdict {
    const fate = this.isKind() ? 0 : this.number();
    if (fate < 0.85) return { kind: 'fits' };
    return fate < 0.93 ? { kind: 'drifted', detail: 'by chance' } : { kind: 'unreadable', detail: 'by chance' };
  }

  private async isOver(): Promise<boolean> {
    const stuck = await this.stuckKeys();
    const events = await Promise.all(this.accepted.map(({ id }) => this.fleet.event(id)));
    const open = events.filter(({ status }) => status === 'pending' || status === 'delivering');
    return open.every((event) => event.type === 'Ledger' && stuck.has(event.orderingKey));
  }

  private isKind(): boolean {
    return this.fleet.now >= this.kindFrom;
  }

  private below(limit: number): number {
    return Math.floor(this.number() * limit);
  }

  private one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}
