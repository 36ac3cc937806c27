import type { EventCatalog } from '../../../src/contract/event-catalog.js';
import { assembleDelivery } from '../../../src/delivery/assemble-delivery.js';
import {
  type AttemptEntry,
  DeliveryJournal,
  type PaceReading,
  type StoreRefusal,
} from '../../../src/delivery/delivery-journal.js';
import { DEFAULT_DELIVERY_POLICY } from '../../../src/delivery/delivery-policy.js';
import type { Dispatcher } from '../../../src/delivery/dispatcher.js';
import type { Gates } from '../../../src/delivery/gates.js';
import { newEventId } from '../../../src/kernel/ids.js';
import type { EventRecord } from '../../../src/outbox/event-record.js';
import type { GateRecord } from '../../../src/outbox/gate-store.js';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store } from '../../../src/outbox/store.js';
import type { UserLeases } from '../../../src/outbox/user-leases.js';
import { ManualClock, ManualTimers } from '../../support/manual-clock.js';
import { CATALOG } from './definitions.js';
import { openInThread } from './in-thread-store.js';
import { Quiet } from './quiet.js';
import { ScriptedDestination } from './scripted-destination.js';

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
  /** Over a store that answers within the same turn: for thousands of histories. */
  readonly inThread?: boolean;
  /** Stands between delivery and the store, to break it. */
  readonly through?: <T extends object>(port: T) => T;
}

type HarnessStore = Pick<Store, 'outbox' | 'gates' | 'userLeases' | 'subscribe'> & { close(): Promise<void> };

function openWithWriter(clock: ManualClock): Promise<HarnessStore> {
  return openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
}

/** One process alone holds every application user. */
async function openAlone(clock: ManualClock): Promise<HarnessStore> {
  const { outbox, gates, close } = openInThread(clock);
  const userLeases: UserLeases = {
    hold: async ({ applicationUsers, leaseMs }) =>
      applicationUsers.map((applicationUser) => ({ applicationUser, until: clock.now() + leaseMs })),
    release: async () => {},
  };
  return { outbox, gates, userLeases, subscribe: () => () => {}, close: async () => close() };
}

/** A test may have begun to stop with a longer grace time than `close` asks for. */
const LONGEST_GRACE_MS = 65_000;

class Notes extends DeliveryJournal {
  readonly attempts: AttemptEntry[] = [];
  readonly gates: GateRecord[] = [];
  readonly paces = new Map<string, PaceReading>();
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

  override storeRefused(refusal: StoreRefusal): void {
    this.refusals.push(refusal);
  }

  override storeBack(refusedForMs: number): void {
    this.recoveries.push(refusedForMs);
  }
}

/** Delivery over the real store in memory, a scripted target, and time that passes when the test says so. */
export class DeliveryHarness {
  readonly notes = new Notes();
  readonly destination: ScriptedDestination;
  readonly dispatcher: Dispatcher;
  readonly gates: Gates;

  readonly quiet = new Quiet();
  readonly timers: ManualTimers;

  private constructor(
    readonly store: HarnessStore,
    readonly clock: ManualClock,
    {
      users = ['user-a'],
      concurrency = 40,
      batchSize = 1,
      catalog = CATALOG,
      random = () => 0,
      userLeases = store.userLeases,
      through = (port) => port,
    }: HarnessOptions,
  ) {
    const { quiet } = this;
    this.timers = new ManualTimers(clock, quiet.reached);
    this.destination = new ScriptedDestination(users, clock, this.timers);
    const { dispatcher, gates } = assembleDelivery({
      store: {
        outbox: quiet.watch(through(store.outbox)),
        gates: quiet.watch(through(store.gates)),
        userLeases: quiet.watch(through(userLeases)),
        subscribe: (listener) => store.subscribe(listener),
      },
      destination: this.destination,
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
  }

  static async open(options: HarnessOptions = {}): Promise<DeliveryHarness> {
    const { after } = options;
    const clock = after?.clock ?? new ManualClock();
    const open = options.inThread === true ? openAlone : openWithWriter;
    const store = after?.store ?? (await open(clock));
    return new DeliveryHarness(store, clock, options);
  }

  get now(): number {
    return this.clock.now();
  }

  /** Accepts events and tells delivery, as ingest does; their ids in order. */
  async accept(
    count: number,
    { type = 'Sale', orderingKey = null }: { type?: string; orderingKey?: string | null } = {},
  ) {
    const events = Array.from({ length: count }, () => this.newEvent(type, orderingKey));
    await this.store.outbox.append(events);
    this.dispatcher.wake();
    return events.map((event) => event.id);
  }

  async start(): Promise<void> {
    await this.dispatcher.start();
    await this.quiet.reached();
  }

  /** Lets time pass; 0 lets happen what can happen now. */
  async advance(ms: number): Promise<void> {
    await this.timers.advance(ms);
  }

  async event(id: string): Promise<EventRecord> {
    const found = await this.store.outbox.find(id);
    if (found === null) throw new Error(`no event ${id}`);
    return found;
  }

  async timeline(id: string) {
    return this.store.outbox.listAttempts(id);
  }

  /** How many events are in each status. */
  async census(): Promise<Record<string, number>> {
    const { counts } = await this.store.outbox.measure();
    const census: Record<string, number> = {};
    for (const { status, count } of counts) if (count > 0) census[status] = (census[status] ?? 0) + count;
    return census;
  }

  /** Ends delivery and the store; to be called at the end of every test. */
  async close(): Promise<void> {
    const stopped = this.dispatcher.stop(0);
    await this.timers.advance(LONGEST_GRACE_MS);
    await stopped;
    await this.store.close();
  }

  private newEvent(type: string, orderingKey: string | null) {
    const id = newEventId();
    return {
      id,
      type,
      version: 1,
      client: 'till',
      source: 'store-1',
      keyKind: 'business' as const,
      key: id,
      fingerprint: 'x',
      orderingKey,
      data: '{}',
      traceparent: null,
    };
  }
}
