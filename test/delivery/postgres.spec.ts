import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { assembleDelivery } from '../../src/delivery/assemble-delivery.js';
import { DEFAULT_DELIVERY_POLICY } from '../../src/delivery/delivery-policy.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { SystemTimers } from '../../src/kernel/timers.js';
import type { Store } from '../../src/outbox/store.js';
import { accept } from '../outbox/support/events.js';
import { openReplicas, type Replicas } from '../outbox/support/replicas.js';
import { until } from '../support/until.js';
import { CATALOG } from './support/definitions.js';
import { Freezer } from './support/freezer.js';
import { NoJournal } from './support/no-journal.js';
import { ScriptedDestination } from './support/scripted-destination.js';
import { ScriptedVerifier } from './support/scripted-verifier.js';

const USERS = ['user-a', 'user-b', 'user-c'];
const BY = { by: 'operator', reason: 'maintenance' };

/** Delivery of one process over its own connections, in real time. */
function deliveryOver(store: Store) {
  const freezer = new Freezer();
  const timers = freezer.timers(new SystemTimers());
  const destination = new ScriptedDestination(USERS, new SystemClock(), new SystemTimers());
  destination.answers({ after: 20, answer: { kind: 'delivered' } });
  const verifier = new ScriptedVerifier();
  const { dispatcher, gates } = assembleDelivery({
    store: {
      outbox: freezer.wrap(store.outbox),
      gates: freezer.wrap(store.gates),
      userLeases: freezer.wrap(store.userLeases),
      subscribe: (listener) => store.subscribe((hint) => freezer.isFrozen || listener(hint)),
    },
    destination: freezer.wrap(destination),
    verifier: freezer.wrap(verifier),
    catalog: CATALOG,
    policy: DEFAULT_DELIVERY_POLICY,
    concurrency: 4,
    batchSize: 1,
    journal: new NoJournal(),
    clock: store.clock,
    timers,
    random: Math.random,
  });
  return { dispatcher, gates, destination, verifier, freezer };
}

describe('three processes on one PostgreSQL', () => {
  let replicas: Replicas;
  let processes: readonly ReturnType<typeof deliveryOver>[];
  const calls = () => processes.flatMap((process) => process.destination.calls.map((call) => ({ ...call, process })));
  const usersSince = (since: number, process?: (typeof processes)[number]) => {
    const own = calls().filter((call) => call.at >= since && (process === undefined || call.process === process));
    return [...new Set(own.map(({ user }) => user))].toSorted();
  };

  beforeEach(async () => {
    replicas = await openReplicas(USERS.length);
    processes = replicas.stores.map(deliveryOver);
    for (const { dispatcher } of processes) await dispatcher.start();
  });

  afterEach(async () => {
    for (const { freezer } of processes) freezer.thaw();
    await Promise.all(processes.map(({ dispatcher }) => dispatcher.stop(0)));
    await replicas.close();
  });

  it('share the users out, hold together at a pause, and take over from one that dies', async () => {
    const [store] = replicas.stores;
    const [first, second, third] = processes;
    if (store === undefined || first === undefined || second === undefined || third === undefined)
      throw new Error('three');
    let acceptedAt = 0;
    /** A few events now and then, so that there is always something to send. */
    const acceptSome = async () => {
      if (Date.now() - acceptedAt < 200) return;
      acceptedAt = Date.now();
      await accept(store, ...Array.from({ length: 12 }, () => ({ type: 'Sale' })));
    };
    const open = async () => {
      const { counts } = await store.outbox.measure();
      return counts.filter(({ status, count }) => count > 0 && status !== 'delivered').length;
    };

    // A surplus is let go one question after the other, and taken with the next.
    let since = Date.now();
    await until(async () => {
      await acceptSome();
      if (Date.now() - since < 1_000) return false;
      const shares = processes.map((process) => usersSince(since, process));
      since = Date.now();
      return shares.every(({ length }) => length === 1) && new Set(shares.flat()).size === USERS.length;
    }, 60_000);

    await first.gates.pause('type:Sale', BY);
    const pausedAt = Date.now();
    await accept(store, { type: 'Sale' });
    await until(() => Date.now() > pausedAt + 2_000, 3_000);
    expect(calls().filter(({ at }) => at > pausedAt + 1_000)).toEqual([]);

    third.freezer.freeze();
    const diedAt = Date.now();
    await second.gates.resume('type:Sale', BY);
    const orphans = new Set(usersSince(0, third));
    await until(async () => {
      await acceptSome();
      return calls().some(({ at, user, process }) => at > diedAt && process !== third && orphans.has(user));
    }, 60_000);
    await until(async () => (await open()) === 0, 60_000);
  }, 120_000);

  it('hold the events of a type together that drifted, and deliver them once it is mended', async () => {
    const [store] = replicas.stores;
    const [first] = processes;
    if (store === undefined || first === undefined) throw new Error('three');
    const cause = (process: (typeof processes)[number]) => process.gates.find('type:Sale').cause;
    for (const { verifier } of processes) verifier.finds({ kind: 'drifted', detail: 'Amount is missing' });
    // A 404 makes all of them look.
    await first.gates.close('type:Sale', { cause: 'misconfigured', detail: 'HTTP 404', retryAfterMs: null });
    await until(() => processes.every((process) => cause(process) === 'drift'), 10_000);
    await accept(store, { type: 'Sale' }, { type: 'Sale' });

    await first.gates.probeNow('type:Sale', BY);
    await until(() => first.gates.find('type:Sale').closings === 2, 10_000);
    expect(calls()).toEqual([]);

    for (const { verifier } of processes) verifier.finds({ kind: 'fits' });
    await first.gates.probeNow('type:Sale', BY);
    await until(() => calls().length === 2, 10_000);
    expect(processes.map(cause)).toContain(null);
  }, 60_000);
});
