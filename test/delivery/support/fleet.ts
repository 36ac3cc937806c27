import type { EventCatalog } from '../../../src/contract/event-catalog.js';
import { assembleDelivery } from '../../../src/delivery/assemble-delivery.js';
import { type AttemptEntry, DeliveryJournal } from '../../../src/delivery/delivery-journal.js';
import { DEFAULT_DELIVERY_POLICY } from '../../../src/delivery/delivery-policy.js';
import type { Dispatcher } from '../../../src/delivery/dispatcher.js';
import type { Gates } from '../../../src/delivery/gates.js';
import { Clock, type EpochMs } from '../../../src/kernel/clock.js';
import type { EventRecord } from '../../../src/outbox/event-record.js';
import type { StoreHint, StoreListener } from '../../../src/outbox/store.js';
import { openInThread } from '../../outbox/support/in-thread-store.js';
import { ManualClock, ManualTimers } from '../../support/manual-clock.js';
import { CATALOG } from './definitions.js';
import { Freezer } from './freezer.js';
import { GateLedger } from './gate-ledger.js';
import { Quiet } from './quiet.js';
import { ScriptedDestination } from './scripted-destination.js';
import { ScriptedVerifier } from './scripted-verifier.js';
import { SharedUserLeases } from './shared-user-leases.js';
import { type AcceptedAs, StoredEvents } from './stored-events.js';

export interface FleetOptions {
  readonly users?: readonly string[];
  readonly concurrency?: number;
  readonly batchSize?: number;
  readonly random?: () => number;
  /** Whether processes hear of each other's changes at once; otherwise they poll. */
  readonly hints?: boolean;
  /** Stands between every process and what it shares with the others: a slow network, or a broken one. */
  readonly through?: <T extends object>(port: T) => T;
}

/** One process of several. */
export interface FleetProcess {
  readonly dispatcher: Dispatcher;
  readonly gates: Gates;
  readonly destination: ScriptedDestination;
  readonly verifier: ScriptedVerifier;
  readonly attempts: AttemptEntry[];
  readonly freezer: Freezer;
  /** Every stretch of time it stood still, the last perhaps without an end. */
  readonly standstills: { readonly from: EpochMs; to: EpochMs }[];
  /** How it is known in the store. */
  owner: string | null;
}

/** Several processes that deliver from one store, one clock for all that time is read from, and one target. */
export class Fleet {
  readonly clock = new ManualClock();
  readonly quiet = new Quiet();
  readonly timers = new ManualTimers(this.clock, this.quiet.reached);
  readonly leases = new SharedUserLeases(this.clock);
  readonly ledger = new GateLedger();
  readonly processes: FleetProcess[] = [];
  readonly users: readonly string[];
  readonly concurrency: number;
  /** Shared by all: as for a guest of a file, leases end by the clock. */
  private readonly store = openInThread(this.clock, 'guest');
  private readonly stored = new StoredEvents(this.store.outbox);
  private readonly listeners = new Map<FleetProcess, StoreListener>();

  constructor(private readonly options: FleetOptions = {}) {
    this.users = options.users ?? ['user-a'];
    this.concurrency = options.concurrency ?? 8;
  }

  get now(): EpochMs {
    return this.clock.now();
  }

  /** Every call of every process, in the order in which they began. */
  get calls() {
    return this.processes
      .flatMap((process) => process.destination.calls.map((call) => ({ ...call, process })))
      .sort((a, b) => a.at - b.at);
  }

  /** Starts one more process, whose idea of the store's time is off by `skewMs`. */
  async boot(
    script?: (process: FleetProcess) => void,
    skewMs = 0,
    catalog: EventCatalog = CATALOG,
  ): Promise<FleetProcess> {
    const process = this.assemble(skewMs, catalog);
    this.processes.push(process);
    script?.(process);
    await this.letPass(process.dispatcher.start());
    return process;
  }

  /** It stands still, as under SIGSTOP; without `resume`, it is dead. */
  freeze(process: FleetProcess): void {
    if (process.freezer.isFrozen) return;
    process.freezer.freeze();
    process.standstills.push({ from: this.now, to: Number.POSITIVE_INFINITY });
  }

  resume(process: FleetProcess): void {
    const last = process.standstills.at(-1);
    if (last !== undefined) last.to = this.now;
    process.freezer.thaw();
  }

  async stop(process: FleetProcess, graceMs = 1_000): Promise<void> {
    await this.letPass(process.dispatcher.stop(graceMs));
  }

  /** Lets time pass until something has ended that may have to wait for it. */
  async letPass<T>(work: Promise<T>): Promise<T> {
    let waiting = true;
    const ended = work.finally(() => {
      waiting = false;
    });
    ended.catch(() => undefined);
    await this.quiet.reached();
    for (let ms = 20; waiting; ms = Math.min(1_000, 2 * ms)) await this.advance(ms);
    return ended;
  }

  /** Accepts events at one process; their ids in order. */
  async accept(
    count: number,
    { at = this.processes[0], ...as }: AcceptedAs & { readonly at?: FleetProcess } = {},
  ): Promise<readonly string[]> {
    const ids = await this.stored.append(count, as);
    if (at !== undefined && !at.freezer.isFrozen) at.dispatcher.wake();
    this.tell('events', at);
    return ids;
  }

  async advance(ms: number): Promise<void> {
    await this.timers.advance(ms);
  }

  event(id: string): Promise<EventRecord> {
    return this.stored.find(id);
  }

  timeline(id: string) {
    return this.stored.timeline(id);
  }

  census() {
    return this.stored.census();
  }

  /** To be called at the end of every test. */
  async close(): Promise<void> {
    for (const process of this.processes) process.freezer.thaw();
    await this.letPass(Promise.all(this.processes.map(({ dispatcher }) => dispatcher.stop(0))));
    await this.store.close();
  }

  private assemble(skewMs: number, catalog: EventCatalog): FleetProcess {
    const { random = () => 0, batchSize = 1, through = (port) => port } = this.options;
    const freezer = new Freezer();
    const destination = new ScriptedDestination(this.users, this.clock, this.timers);
    const verifier = new ScriptedVerifier();
    const attempts: AttemptEntry[] = [];
    const shared = <T extends object>(port: T) => freezer.wrap(through(this.quiet.watch(port)));
    const tellGates = () => this.tell('gates', process);
    const { dispatcher, gates } = assembleDelivery({
      store: {
        outbox: shared(this.store.outbox),
        gates: shared(this.ledger.watch(this.store.gates, () => this.now, tellGates)),
        userLeases: shared(this.leasesOf(() => process)),
        subscribe: (listener) => {
          this.listeners.set(process, listener);
          return () => this.listeners.delete(process);
        },
      },
      destination: freezer.wrap(destination),
      verifier: freezer.wrap(verifier),
      catalog,
      policy: DEFAULT_DELIVERY_POLICY,
      concurrency: this.concurrency,
      batchSize,
      journal: new Attempts(attempts),
      clock: new SkewedClock(this.clock, skewMs),
      timers: freezer.timers(this.timers),
      random,
    });
    const process: FleetProcess = {
      dispatcher,
      gates,
      destination,
      verifier,
      attempts,
      freezer,
      standstills: [],
      owner: null,
    };
    return process;
  }

  private leasesOf(process: () => FleetProcess): Pick<SharedUserLeases, 'hold' | 'release'> {
    return {
      hold: (request) => {
        process().owner = request.owner;
        return this.leases.hold(request);
      },
      release: async (owner) => {
        await this.leases.release(owner);
        this.tell('users', process());
      },
    };
  }

  private tell(hint: StoreHint, by: FleetProcess | undefined): void {
    if (this.options.hints !== true) return;
    for (const [process, listener] of this.listeners) if (process !== by && !process.freezer.isFrozen) listener(hint);
  }
}

class Attempts extends DeliveryJournal {
  constructor(private readonly attempts: AttemptEntry[]) {
    super();
  }

  override attempted(entry: AttemptEntry): void {
    this.attempts.push(entry);
  }

  override paced(): void {
    // Nobody looks at it here.
  }

  override gateChanged(): void {
    // The ledger has it.
  }

  override verified(): void {
    // Nobody looks at it here.
  }

  override storeRefused(): void {
    // Nobody looks at it here.
  }

  override storeBack(): void {
    // Nobody looks at it here.
  }
}

class SkewedClock extends Clock {
  constructor(
    private readonly clock: Clock,
    private readonly skewMs: number,
  ) {
    super();
  }

  override now(): EpochMs {
    return this.clock.now() + this.skewMs;
  }
}
