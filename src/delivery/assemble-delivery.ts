import { randomUUID } from 'node:crypto';
import type { EventCatalog } from '../contract/event-catalog.js';
import type { Verifications } from '../contract/verification.js';
import type { Clock } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';
import type { Store } from '../outbox/store.js';
import { Admission } from './admission.js';
import { Delivery } from './delivery.js';
import type { DeliveryJournal } from './delivery-journal.js';
import type { DeliveryPolicy } from './delivery-policy.js';
import type { Destination } from './destination.js';
import { Dispatcher } from './dispatcher.js';
import { GateNews } from './gate-news.js';
import { GateWatch } from './gate-watch.js';
import { Gates } from './gates.js';
import { HeldUsers } from './held-users.js';
import { Isolation } from './isolation.js';
import { Lane } from './lane.js';
import { LeaseRenewal } from './lease-renewal.js';
import { LostLeases } from './lost-leases.js';
import { OrphanedTypes } from './orphaned-types.js';
import { ProbeTurns } from './probe-turns.js';
import { Settlements } from './settlements.js';
import { slowStartAfterChanges } from './slow-start.js';
import { StoreWatch } from './store-watch.js';
import { Upkeep } from './upkeep.js';
import { UserProbes } from './user-probes.js';
import { DriftWatch } from './verification/drift-watch.js';
import { LatestVerifications } from './verification/latest-verifications.js';
import type { Verifier } from './verifier.js';

export interface DeliveryOptions {
  readonly store: Pick<Store, 'outbox' | 'gates' | 'userLeases' | 'subscribe'>;
  readonly destination: Destination;
  readonly verifier: Verifier;
  readonly catalog: EventCatalog;
  readonly policy: DeliveryPolicy;
  /** Calls at the same time, for each application user. */
  readonly concurrency: number;
  /** Events in one call, at most; 1 turns batches off. */
  readonly batchSize: number;
  readonly journal: DeliveryJournal;
  /** The clock that every process over the same store shares. */
  readonly clock: Clock;
  readonly timers: Timers;
  /** From 0 to below 1; `Math.random` outside tests. */
  readonly random: () => number;
}

/** `dispatcher` moves events once it is started; `gates` is what operators see and change. */
export interface AssembledDelivery {
  readonly dispatcher: Dispatcher;
  readonly gates: Gates;
  readonly verifications: Verifications;
}

/** Puts delivery together. */
export function assembleDelivery(options: DeliveryOptions): AssembledDelivery {
  const { destination, verifier, catalog, policy, concurrency, batchSize, journal, clock, timers, random } = options;
  const storeWatch = new StoreWatch(journal, clock);
  const outbox = storeWatch.over(options.store.outbox);
  const subscribe: Store['subscribe'] = (listener) => options.store.subscribe(listener);
  const userLeases = storeWatch.over(options.store.userLeases);
  const owner = randomUUID();

  const gates = new Gates(storeWatch.over(options.store.gates), clock, timers);
  const gateNews = new GateNews();
  gates.onChange((gate, before) => {
    if (gateNews.learn(gate, before, clock.now())) journal.gateChanged(gate);
  });
  const watch = new GateWatch(gates, clock);
  const probes = new UserProbes({ destination, gates, clock, timers });
  const lanes = destination.applicationUsers.map((user) => new Lane(user, { concurrency, batchSize }, clock));
  const isolation = new Isolation(clock);
  const { applicationUsers } = destination;
  const users = new HeldUsers({ userLeases, owner, applicationUsers, clock, timers });
  const turns = new ProbeTurns({ gates, owner, lanes, catalog, clock });
  const admission = new Admission({ gates, watch, probes, users, turns, lanes, catalog });

  const settlements = new Settlements(outbox, timers);
  const delivery = new Delivery({ watch, settlements, catalog, policy, journal, clock, random });
  const renewal = new LeaseRenewal({ outbox, owner, clock, lanes, isolation });
  const lostLeases = new LostLeases(outbox, delivery, owner);
  const orphanedTypes = new OrphanedTypes(outbox, gates, catalog, clock);
  const verifications = new LatestVerifications();
  const verifying = { verifier, applicationUsers, verifications, journal, random };
  const drift = new DriftWatch({ ...verifying, gates, watch, users, probes, catalog, clock, timers });
  const upkeep = new Upkeep({ renewal, lostLeases, orphanedTypes, turns, drift, timers });

  const sending = { destination, lanes, admission, isolation, delivery, clock, timers };
  slowStartAfterChanges({ gates, users, watch, lanes, clock });
  const steering = { owner, gates, probes, users, turns, drift };
  const dispatcher = new Dispatcher({ ...sending, ...steering, store: { outbox, subscribe }, settlements, upkeep });
  return { dispatcher, gates, verifications };
}
