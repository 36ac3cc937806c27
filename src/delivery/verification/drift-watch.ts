import { definitionFingerprint } from '../../contract/definition-fingerprint.js';
import type { EventCatalog } from '../../contract/event-catalog.js';
import type { Clock, EpochMs } from '../../kernel/clock.js';
import type { Timers } from '../../kernel/timers.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import type { DeliveryJournal } from '../delivery-journal.js';
import { isOthersTurn } from '../gate.js';
import { typeGate, userGate } from '../gate-name.js';
import type { GateWatch } from '../gate-watch.js';
import type { Gates } from '../gates.js';
import type { HeldUsers } from '../held-users.js';
import type { UserProbes } from '../user-probes.js';
import type { Verifier, VerifierVerdict } from '../verifier.js';
import { askVerifier } from './ask-verifier.js';
import { askingUser, cameBack, mayAsk } from './asking-user.js';
import { closeAsDrifted, isDueToVerify, isRefused, probeAsFitting, stayUnread } from './drift-gate.js';
import type { LatestVerifications } from './latest-verifications.js';
import { LookSchedule } from './look-schedule.js';
import { SuspectedTypes } from './suspected-types.js';
import { verificationOf } from './verification-of.js';

/** How long the first events wait for the first look: verifying may be slow, and must not hold them up longer. */
const FIRST_LOOK_MS = 2_000;
/** While no user may ask, the last verdict counts for this long: gates of application users close and open all day. */
const HOLDS_MS = 10 * 60_000;
/** What could not be read is not asked for every second. */
const DUE_AGAIN_MS = 3_000;
const NOBODY_TO_ASK = { kind: 'unreadable', detail: 'no application user may send: their gates are closed' } as const;

export interface DriftWatchParts {
  readonly verifier: Verifier;
  readonly applicationUsers: readonly string[];
  readonly gates: Gates;
  readonly watch: Pick<GateWatch, 'onTypeRefused'>;
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
 * Verifies the deployed custom API of every type, and changes the types' gates accordingly: closed as `drift` where it
 * does not fit, probed by events when it fits again. If it cannot be read, an open gate stays open. Each process does
 * so for itself: only it knows its definitions, and a look is a few requests in five minutes.
 */
export class DriftWatch {
  private readonly schedule: LookSchedule;
  private readonly suspected = new SuspectedTypes();
  private readonly judges: ReadonlyMap<string, string>;
  private readonly stopping = new AbortController();
  private readonly listeners: (() => void)[] = [];
  /** When a drift whose time is over may be looked at again after it could not be read. */
  private dueAgainAt: EpochMs = Number.NEGATIVE_INFINITY;
  private released = false;

  constructor(private readonly parts: DriftWatchParts) {
    const { catalog, clock, gates, random, verifier, watch } = parts;
    this.schedule = new LookSchedule(random);
    this.judges = new Map(catalog.definitions.map((each) => [each.type, definitionFingerprint(each)]));
    gates.onChange((gate, before) => this.hear(gate, before));
    watch.onTypeRefused((type, { errorCode }) => {
      if (verifier.mayExplain(errorCode)) this.suspected.suspect(type, clock.now());
    });
  }

  /** Whether events may be claimed: the first look is over, or took too long. */
  get hasLooked(): boolean {
    return this.released;
  }

  /** Told once, when `hasLooked` becomes true. */
  onFirstLook(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Looks at everything that is due; call it every second. */
  async check(): Promise<void> {
    const { catalog, clock, timers } = this.parts;
    const now = clock.now();
    const isRegular = this.schedule.isDue(now);
    const types = isRegular ? catalog.types : this.dueTypes(now);
    if (types.length === 0 || this.stopping.signal.aborted) return;
    const cancel = timers.after(FIRST_LOOK_MS, () => this.release());
    if (isRegular) {
      this.schedule.began();
      this.suspected.clear();
    }
    try {
      const read = await this.look(types, isRegular);
      if (isRegular) this.schedule.ended(clock.now(), read);
    } finally {
      cancel();
      this.release();
    }
  }

  /** Ends a look under way without a verdict. */
  stop(): void {
    this.stopping.abort();
  }

  /** True where every type got its verdict. */
  private async look(types: readonly string[], isRegular: boolean): Promise<boolean> {
    const { clock, gates, timers, verifier } = this.parts;
    const applicationUser = askingUser(this.parts, clock.now());
    if (applicationUser === null) return this.unasked(types, NOBODY_TO_ASK);
    const mayStillSend = () => mayAsk(this.parts, applicationUser, clock.now());
    const { signal } = this.stopping;
    const verdicts = await askVerifier(verifier, { types, applicationUser, mayStillSend }, { signal, timers });
    if (signal.aborted) return false;
    const throttle = [...verdicts.values()].find((verdict) => verdict.kind === 'throttled');
    if (throttle !== undefined) {
      const { detail, retryAfterMs } = throttle;
      await gates.close(userGate(applicationUser), { cause: 'throttled', detail, retryAfterMs });
      return this.unasked(types, throttle);
    }
    const kinds = new Set([...verdicts.values()].map(({ kind }) => kind));
    const read = !kinds.has('unreadable');
    // Cancelled, most likely: its user's gate closed meanwhile.
    if (!read && kinds.size === 1 && !mayStillSend()) return this.unasked(types, NOBODY_TO_ASK);
    await Promise.all([...verdicts].map(([type, verdict]) => this.conclude(type, verdict, isRegular)));
    if (!read) this.dueAgainAt = clock.now() + DUE_AGAIN_MS;
    return read;
  }

  /** The last verdict counts for a time, and no gate changes: this process knows no more than others. */
  private unasked(types: readonly string[], why: VerifierVerdict): false {
    const { clock, verifications } = this.parts;
    const now = clock.now();
    for (const type of types) {
      const { at } = verifications.of(type);
      if (now - (at ?? Number.NEGATIVE_INFINITY) >= HOLDS_MS) this.tell(type, why, now);
    }
    return false;
  }

  private tell(type: string, verdict: VerifierVerdict, now: EpochMs): void {
    const { journal, verifications } = this.parts;
    const verification = verificationOf(verdict, now);
    const inFull = 'inFull' in verdict ? verdict.inFull : null;
    journal.verified({ type, verification, inFull: inFull ?? null, isNews: verifications.learn(type, verification) });
  }

  private async conclude(type: string, verdict: VerifierVerdict, isRegular: boolean): Promise<void> {
    const { clock, gates } = this.parts;
    const now = clock.now();
    this.tell(type, verdict, now);
    const name = typeGate(type);
    const judge = this.judgeOf(type);
    if (verdict.kind === 'drifted') {
      await gates.change(name, (gate) => closeAsDrifted(gate, { detail: verdict.detail, judge }, now));
    } else if (verdict.kind === 'fits') {
      if (gates.find(name).cause === 'drift') await this.open(type, { isRegular, now });
    } else if (gates.find(name).cause === 'drift') {
      await gates.change(name, (gate) => stayUnread(gate, { detail: verdict.detail, judge }, now));
    }
  }

  /** A process that found the drift has a minute to object after each look: the last of them may be gone by then. */
  private async open(type: string, { isRegular, now }: { isRegular: boolean; now: EpochMs }): Promise<void> {
    const { gates } = this.parts;
    const name = typeGate(type);
    const judge = this.judgeOf(type);
    if (isRegular && isOthersTurn(gates.find(name), judge, now)) await gates.reprobe(name);
    else await gates.change(name, (gate) => probeAsFitting(gate, judge, now));
  }

  /** Drifts whose time is over, and types that may have drifted since they were verified. */
  private dueTypes(now: EpochMs): readonly string[] {
    const { catalog, gates, verifications } = this.parts;
    const suspected = this.suspected.take(now, (type) => verifications.of(type).status === 'verified');
    const isDue = (type: string) => isDueToVerify(gates.find(typeGate(type)), this.judgeOf(type), now);
    const due = now < this.dueAgainAt ? [] : catalog.types.filter(isDue);
    return [...new Set([...due, ...suspected])];
  }

  /** Calls refused as if the custom API were missing or wrong are explained by a look, as is what an outage hid. */
  private hear(gate: GateRecord, before: GateRecord): void {
    const { applicationUsers, catalog, clock } = this.parts;
    const isOfUser = applicationUsers.some((user) => userGate(user) === gate.name);
    if (isOfUser && cameBack(gate, before)) this.schedule.resumed(clock.now());
    const type = catalog.types.find((each) => typeGate(each) === gate.name);
    if (type !== undefined && isRefused(gate) && !isRefused(before)) this.suspected.suspect(type, clock.now());
  }

  private judgeOf(type: string): string {
    return this.judges.get(type) ?? '';
  }

  private release(): void {
    if (this.released) return;
    this.released = true;
    for (const listener of this.listeners) listener();
  }
}
