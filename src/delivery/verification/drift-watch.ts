import { definitionFingerprint } from '../../contract/definition-fingerprint.js';
import type { EventCatalog } from '../../contract/event-catalog.js';
import type { Verification } from '../../contract/verification.js';
import type { Clock, EpochMs } from '../../kernel/clock.js';
import type { Timers } from '../../kernel/timers.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import type { DeliveryJournal } from '../delivery-journal.js';
import { isOthersTurn } from '../gate.js';
import { typeGate, userGate } from '../gate-name.js';
import type { Gates } from '../gates.js';
import type { HeldUsers } from '../held-users.js';
import type { UserProbes } from '../user-probes.js';
import type { Verifier, VerifierVerdict } from '../verifier.js';
import { askVerifier } from './ask-verifier.js';
import { closeAsDrifted, isDueToVerify, openAsFitting, stayUnread } from './drift-gate.js';
import type { LatestVerifications } from './latest-verifications.js';
import { LookSchedule } from './look-schedule.js';

/** So long the first events wait for the first look, at most: verifying may be slow, and must not hold them up. */
const FIRST_LOOK_MS = 2_000;
/** As long as nobody may ask, what was found holds for this time: gates of application users close and open all day. */
const HOLDS_MS = 10 * 60_000;

export interface DriftWatchParts {
  readonly verifier: Verifier;
  readonly applicationUsers: readonly string[];
  readonly gates: Gates;
  readonly users: HeldUsers;
  readonly probes: UserProbes;
  readonly catalog: EventCatalog;
  readonly verifications: LatestVerifications;
  readonly journal: DeliveryJournal;
  readonly clock: Clock;
  readonly timers: Timers;
  /** From 0 to below 1: spreads the looks of several processes. */
  readonly random: () => number;
}

/**
 * Verifies what is deployed for every type, and steers the types' gates by it: closed as `drift` where it does not fit,
 * open again when it does. What cannot be read changes no gate that is open. Each process does so for itself: only it
 * knows what its definitions are, and a look is a few requests in five minutes.
 */
export class DriftWatch {
  private readonly schedule: LookSchedule;
  private readonly judges: ReadonlyMap<string, string>;
  private readonly stopping = new AbortController();
  private readonly listeners: (() => void)[] = [];
  private isFirst = true;
  private released = false;

  constructor(private readonly parts: DriftWatchParts) {
    const { catalog, gates, random } = parts;
    this.schedule = new LookSchedule(random);
    this.judges = new Map(catalog.definitions.map((each) => [typeGate(each.type), definitionFingerprint(each)]));
    gates.onChange((gate, before) => this.hear(gate, before));
  }

  /** Whether events may be claimed: the first look is over, or took longer than they can be asked to wait. */
  get hasLooked(): boolean {
    return this.released;
  }

  /** Told once, when `hasLooked` becomes true. */
  onFirstLook(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Looks at what is due, if anything is; to be called every second. */
  async check(): Promise<void> {
    const { catalog, clock, timers } = this.parts;
    const now = clock.now();
    const isRegular = this.schedule.isDue(now);
    const types = isRegular ? catalog.types : catalog.types.filter((type) => this.isDue(type, now));
    if (types.length === 0 || this.stopping.signal.aborted) return;
    const cancel = timers.after(FIRST_LOOK_MS, () => this.release());
    if (isRegular) this.schedule.began();
    try {
      const read = await this.look(types);
      if (isRegular) this.schedule.ended(clock.now(), read);
    } finally {
      cancel();
      this.isFirst = false;
      this.release();
    }
  }

  /** Ends a look under way without a verdict. */
  stop(): void {
    this.stopping.abort();
  }

  /** True where every type got its verdict. */
  private async look(types: readonly string[]): Promise<boolean> {
    const { clock, gates, probes, timers, verifier } = this.parts;
    const applicationUser = this.openUser(clock.now());
    if (applicationUser === null) return this.lookLater(types);
    const mayStillSend = () => probes.hasPassed(applicationUser, clock.now());
    const { signal } = this.stopping;
    const verdicts = await askVerifier(verifier, { types, applicationUser, mayStillSend }, { signal, timers });
    if (signal.aborted) return false;
    const throttle = [...verdicts.values()].find((verdict) => verdict.kind === 'throttled');
    if (throttle !== undefined) {
      const { detail, retryAfterMs } = throttle;
      await gates.close(userGate(applicationUser), { cause: 'throttled', detail, retryAfterMs });
      return this.lookLater(types);
    }
    await Promise.all([...verdicts].map(([type, verdict]) => this.conclude(type, verdict)));
    return [...verdicts.values()].every(({ kind }) => kind !== 'unreadable');
  }

  /**
   * One that gets through; this process's own where there is one, for a few reads more do not hurt another's. Its gate
   * need not stand open: what opens it is a delivered event, and those may wait for this look.
   */
  private openUser(now: EpochMs): string | null {
    const { applicationUsers, probes, users } = this.parts;
    const open = applicationUsers.filter((user) => probes.hasPassed(user, now));
    return open.find((user) => users.isHeld(user, now)) ?? open[0] ?? null;
  }

  private async lookLater(types: readonly string[]): Promise<boolean> {
    const { clock, verifications } = this.parts;
    const now = clock.now();
    const isKnown = (type: string) => now - (verifications.of(type).at ?? Number.NEGATIVE_INFINITY) < HOLDS_MS;
    const unknown = types.filter((type) => this.isDue(type, now) || !isKnown(type));
    const verdict = { kind: 'unreadable', detail: 'no application user may send: their gates are closed' } as const;
    await Promise.all(unknown.map((type) => this.conclude(type, verdict)));
    return false;
  }

  private async conclude(type: string, verdict: VerifierVerdict): Promise<void> {
    const { clock, gates, journal, verifications } = this.parts;
    const now = clock.now();
    const verification = verificationOf(verdict, now);
    journal.verified({ type, verification, isNews: verifications.learn(type, verification) });
    const name = typeGate(type);
    const judge = this.judgeOf(name);
    if (verdict.kind === 'drifted') {
      await gates.change(name, (gate) => closeAsDrifted(gate, { detail: verdict.detail, judge }, now));
    } else if (gates.find(name).cause !== 'drift') {
      return;
    } else if (verdict.kind === 'fits') {
      await this.open(name, now);
    } else {
      await gates.change(name, (gate) => stayUnread(gate, { detail: verdict.detail, judge }, now));
    }
  }

  /** A start may be what mends it: whoever found the drift has a minute to say that it is still there. */
  private async open(name: string, now: EpochMs): Promise<void> {
    const { gates } = this.parts;
    const judge = this.judgeOf(name);
    if (this.isFirst && isOthersTurn(gates.find(name), judge, now)) await gates.reprobe(name);
    else await gates.change(name, (gate) => openAsFitting(gate, judge, now));
  }

  private isDue(type: string, now: EpochMs): boolean {
    const name = typeGate(type);
    return isDueToVerify(this.parts.gates.find(name), this.judgeOf(name), now);
  }

  /** Calls that are refused as if there were no custom API, or a wrong one: a look tells what is the matter. */
  private hear(gate: GateRecord, before: GateRecord): void {
    if (!this.judges.has(gate.name)) return;
    if (gate.cause === 'misconfigured' && before.cause !== 'misconfigured') this.schedule.bringForward();
  }

  private judgeOf(gateName: string): string {
    return this.judges.get(gateName) ?? '';
  }

  private release(): void {
    if (this.released) return;
    this.released = true;
    for (const listener of this.listeners) listener();
  }
}

function verificationOf(verdict: VerifierVerdict, at: EpochMs): Verification {
  switch (verdict.kind) {
    case 'fits':
      return { status: 'verified', at };
    case 'drifted':
      return { status: 'drifted', at, detail: verdict.detail };
    case 'unreadable':
    case 'throttled':
      return { status: 'not-verified', at, detail: verdict.detail };
  }
}
