import type { EventCatalog } from '../../../src/contract/event-catalog.js';
import type { Verifications } from '../../../src/contract/verification.js';
import { assembleDelivery } from '../../../src/delivery/assemble-delivery.js';
import {
  type AttemptEntry,
  DeliveryJournal,
  type PaceReading,
  type StoreRefusal,
  type VerificationEntry,
} from '../../../src/delivery/delivery-journal.js';
import { DEFAULT_DELIVERY_POLICY } from '../../../src/delivery/delivery-policy.js';
import type { Dispatcher } from '../../../src/delivery/dispatcher.js';
import type { Gates } from '../../../src/delivery/gates.js';
import type { EventRecord } from '../../../src/outbox/event-record.js';
import type { GateRecord } from '../../../src/outbox/gate-store.js';
import type { Store } from '../../../src/outbox/store.js';
import type { UserLeases } from '../../../src/outbox/user-leases.js';
import { openInThread } from '../../outbox/support/in-thread-store.js';
import { ManualClock, ManualTimers } from '../../support/manual-clock.js';
import { CATALOG } from './definitions.js';
import { Quiet } from './quiet.js';
import { ScriptedDestination } from './scripted-destination.js';
import { ScriptedVerifier } from './scripted-verifier.js';
import { type AcceptedAs, StoredEvents } from './stored-events.js';

export interface HarnessOptions {
  readonly users?: readonly string[];
  readonly concurrency?: number;
  readonly batchSize?: number;
  readonly catalog?: EventCatalog;
  readonly random?: () => number;
  /** Delivery over the store of another harness, as after a restart; from now on the other one's timers stand still. */
  readonly after?: DeliveryHarness;
  /** Says which users this process sends as; the store itself, as long as nothing else is said. */
  readonly userLeases?: UserLeases;
  /** Stands between delivery and the store, to break it. */
  readonly through?: <T extends object>(port: T) => T;
  /** Of a script of its own; what is deployed fits, as long as nothing else is said. */
  readonly verifier?: ScriptedVerifier;
}

/** A test may have begun to stop with a longer grace time than `close` asks for. */
const LONGEST_GRACE_MS = 65_000;

class Notes extends DeliveryJournal {
  readonly attempts: AttemptEntry[] = [];
  readonly gates: GateRecord[] = [];
  readonly paces = new Map<string, PaceReading>();
  readonly verifications: VerificationEntry[] = [];
  readonly refusals: StoreRefusal[] = [];
  readonly recoveries: number[] = [];

  override attempted(entry: AttemptEntry): void {
    this.attempts.push(entry);
  }

  override paced(applicationUser: string, reading: PaceReading): void {
    this.paces.set(applicationUser, reading);
  }

  override gateChanged(gate: GateRecord): void {
    this.gates.push(gate);
  }

  override verified(entry: VerificationEntry): void {
    this.verifications.push(entry);
  }

  override storeRefused(refusal: StoreRefusal): void {
    this.refusals.push(refusal);
  }

  override storeBack(refusedForMs: number): void {
    this.recoveries.push(refusedForMs);
  }
}

/** Delivery over the real statements in memory, a scripted target, and time that passes when the test says so. */
export class DeliveryHarness {
  readonly notes = new Notes();
  readonly destination: ScriptedDestination;
  readonly verifier: ScriptedVerifier;
  readonly dispatcher: Dispatcher;
  readonly gates: Gates;
  readonly verifications: Verifications;

  readonly quiet = new Quiet();
  readonly timers: ManualTimers;
  private readonly stored: StoredEvents;

  private constructor(
    readonly store: Store,
    readonly clock: ManualClock,
    {
      users = ['user-a'],
      concurrency = 40,
      batchSize = 1,
      catalog = CATALOG,
      random = () => 0,
      userLeases = store.userLeases,
      through = (port) => port,
      verifier = new ScriptedVerifier(),
    }: HarnessOptions,
  ) {
    const { quiet } = this;
    this.stored = new StoredEvents(store.outbox);
    this.timers = new ManualTimers(clock, quiet.reached);
    this.destination = new ScriptedDestination(users, clock, this.timers);
    this.verifier = verifier;
    const { dispatcher, gates, verifications } = assembleDelivery({
      store: {
        outbox: quiet.watch(through(store.outbox)),
        gates: quiet.watch(through(store.gates)),
        userLeases: quiet.watch(through(userLeases)),
        subscribe: (listener) => store.subscribe(listener),
      },
      destination: this.destination,
      verifier,
      catalog,
      policy: DEFAULT_DELIVERY_POLICY,
      concurrency,
      batchSize,
      journal: this.notes,
      clock,
      timers: this.timers,
      random,
    });
    this.dispatcher = dispatcher;
    this.gates = gates;
    this.verifications = verifications;
  }

  static async open(options: HarnessOptions = {}): Promise<DeliveryHarness> {
    const { after } = options;
    const clock = after?.clock ?? new ManualClock();
    const store = after?.store ?? openInThread(clock, 'owner');
    return new DeliveryHarness(store, clock, options);
  }

  get now(): number {
    return this.clock.now();
  }

  /** Accepts events and tells delivery, as ingest does; their ids in order. */
  async accept(count: number, as: AcceptedAs = {}): Promise<readonly string[]> {
    const ids = await this.stored.append(count, as);
    this.dispatcher.wake();
    return ids;
  }

  async start(): Promise<void> {
    await this.dispatcher.start();
    await this.quiet.reached();
  }

  /** Lets time pass; 0 lets happen what can happen now. */
  async advance(ms: number): Promise<void> {
    await this.timers.advance(ms);
  }

  event(id: string): Promise<EventRecord> {
    return this.stored.find(id);
  }

  timeline(id: string) {
    return this.stored.timeline(id);
  }

  /** How many events are in each status. */
  census() {
    return this.stored.census();
  }

  /** Ends delivery and the store; to be called at the end of every test. */
  async close(): Promise<void> {
    const stopped = this.dispatcher.stop(0);
    await this.timers.advance(LONGEST_GRACE_MS);
    await stopped;
    await this.store.close();
  }
}
