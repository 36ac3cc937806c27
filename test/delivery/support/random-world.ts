import type { VerifierVerdict } from '../../../src/delivery/verifier.js';
import type { EpochMs } from '../../../src/kernel/clock.js';
import { DeliveryHarness, type HarnessOptions } from './delivery-harness.js';
import { numbersFrom } from './numbers-from.js';
import type { Scripted, ScriptedOutcome, SeenCall } from './scripted-destination.js';

/** For so long the world is unkind; after it every call is delivered, so that every history ends. */
const UNKIND_MS = 20_000;
const ORDERED = ['Payment', 'Ledger'];

export interface Accepted {
  readonly id: string;
  readonly type: string;
  readonly key: string | null;
}

/** One history by chance: users, events, outcomes, latencies, crashes and clean restarts, all from one seed. */
export class RandomWorld {
  readonly accepted: Accepted[] = [];
  /** Every call of the whole history, whichever process made it. */
  readonly calls: SeenCall[] = [];
  readonly concurrency: number;
  harness: DeliveryHarness;
  private readonly number: () => number;
  private readonly kindFrom: EpochMs;
  private readonly batches = new WeakMap<readonly string[], { after: number; whole: ScriptedOutcome | null }>();
  private readonly options: HarnessOptions;

  private constructor(seed: number, start: DeliveryHarness) {
    this.number = numbersFrom(seed);
    this.concurrency = 1 + this.below(5);
    const users = ['user-a', 'user-b', 'user-c'].slice(0, 1 + this.below(3));
    const batchSize = this.one([1, 2, 3, 10]);
    this.options = { concurrency: this.concurrency, batchSize, users, random: this.number };
    this.kindFrom = start.now + UNKIND_MS;
    this.harness = start;
  }

  /** Plays a seed to its end; the store stays open until the caller closes it. */
  static async play(seed: number): Promise<RandomWorld> {
    const start = await DeliveryHarness.open();
    const world = new RandomWorld(seed, start);
    await world.boot();
    for (let step = 0; step < 8; step += 1) await world.step();
    for (let waits = 0; waits < 100 && !(await world.isOver()); waits += 1) await world.harness.advance(10_000);
    await world.harness.dispatcher.stop(0);
    world.remember();
    return world;
  }

  private async step(): Promise<void> {
    await this.acceptSome();
    await this.harness.advance(this.below(2_500));
    const fate = this.number();
    if (fate < 0.15) await this.crash();
    else if (fate < 0.25) await this.restart();
  }

  private async acceptSome(): Promise<void> {
    const type = this.one(['Sale', 'Refund', ...ORDERED]);
    const key = ORDERED.includes(type) ? this.one(['k1', 'k2']) + this.kindFrom : null;
    const count = 1 + this.below(this.number() < 0.3 ? 30 : 6);
    const ids = await this.harness.accept(count, { type, orderingKey: key });
    this.accepted.push(...ids.map((id) => ({ id, type, key })));
  }

  /** The process is gone with everything it had in hand: its timers never ring, its calls are never answered. */
  private async crash(): Promise<void> {
    this.remember();
    await this.boot();
  }

  private async restart(): Promise<void> {
    const stopped = this.harness.dispatcher.stop(1_000);
    await this.harness.advance(2_000);
    await stopped;
    this.remember();
    await this.boot();
  }

  private async boot(): Promise<void> {
    this.harness = await DeliveryHarness.open({ ...this.options, after: this.harness });
    this.harness.destination.answers((_event, _user, _attempt, batch) => this.answer(batch));
    const parallelism = this.one([null, 1, 3, 10]);
    this.harness.destination.hints = { parallelism, remainingRequests: null, remainingTimeMs: null };
    this.harness.verifier.finds(() => this.verdict());
    this.harness.destination.answersProbes(() => (this.isKind() ? { kind: 'delivered' } : this.outcome(false)));
    await this.harness.start();
  }

  /** The parts of a batch are answered together, some of the batches as a whole. */
  private answer(batch: readonly string[]): Scripted {
    const known = this.batches.get(batch) ?? {
      after: this.below(1_500),
      whole: this.number() < 0.2 ? this.outcome(true) : null,
    };
    this.batches.set(batch, known);
    return { after: known.after, answer: known.whole ?? this.outcome(true) };
  }

  private outcome(ofEvent: boolean): ScriptedOutcome {
    const fate = this.isKind() ? 0 : this.number();
    if (fate < 0.55) return { kind: 'delivered' };
    const others: ScriptedOutcome[] = [
      { kind: 'uncertain' },
      { kind: 'transient' },
      { kind: 'conflicted' },
      { kind: 'rejected' },
      { kind: 'unavailable' },
      { kind: 'misconfigured', scope: 'type' },
      { kind: 'forbidden', scope: 'pair' },
    ];
    const limit = this.one(['requests', 'execution-time', 'concurrency', 'other'] as const);
    if (ofEvent) others.push({ kind: 'throttled', retryAfterMs: 1_000 + this.below(5_000), limit });
    return this.one(others);
  }

  /** Now and then what is deployed does not fit, or cannot be read. */
  private verdict(): VerifierVerdict {
    const fate = this.isKind() ? 0 : this.number();
    if (fate < 0.85) return { kind: 'fits' };
    return fate < 0.93 ? { kind: 'drifted', detail: 'by chance' } : { kind: 'unreadable', detail: 'by chance' };
  }

  private async isOver(): Promise<boolean> {
    const events = await Promise.all(this.accepted.map(({ id }) => this.harness.event(id)));
    const open = events.filter(({ status }) => status === 'pending' || status === 'delivering');
    const stuck = new Set(events.filter((e) => e.type === 'Ledger' && e.status === 'dead').map((e) => e.orderingKey));
    return open.every((event) => event.type === 'Ledger' && stuck.has(event.orderingKey));
  }

  private remember(): void {
    this.calls.push(...this.harness.destination.calls);
  }

  private isKind(): boolean {
    return this.harness.now >= this.kindFrom;
  }

  private below(limit: number): number {
    return Math.floor(this.number() * limit);
  }

  private one<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    const [first] = choices;
    return choices[this.below(choices.length)] ?? (first as T);
  }
}
