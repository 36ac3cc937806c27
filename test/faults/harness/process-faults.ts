import { setTimeout as wait } from 'node:timers/promises';
import type { Direction, TcpProxy } from '../../support/tcp-proxy.js';
import type { FaultAction } from './fault-action.js';
import type { Replica } from './replica.js';

/** How long a gateway lives at least and at most before it is killed: it is hit in every phase. */
const LIFE_MS = { shortest: 0, longest: 250 };
const AMBUSH_PATIENCE_MS = 1_500;

/** SIGKILL at any instant. */
export const killAnyTime: FaultAction = {
  name: 'kill -9',
  act: async ({ replicas }, random) => {
    const replica = random.pick(replicas);
    const lifeMs = random.between(LIFE_MS.shortest, LIFE_MS.longest);
    await replica.whenUp();
    await wait(lifeMs);
    await replica.kill();
  },
};

/** SIGKILL while a call is on its way to Dataverse, its answer on the way back, or an answer on the way to a client. */
export const killAtPoint: FaultAction = {
  name: 'kill -9 at a named point',
  act: async ({ wire, replicas }, random) => {
    const replica = random.pick(replicas);
    const point = random.pick(['before the call', 'before its answer', 'before the 202', 'after the 202'] as const);
    const direction: Direction = point === 'before the call' ? 'requests' : 'answers';
    const place = point === 'before the 202' || point === 'after the 202' ? replica.front : wire;
    await replica.whenUp();
    await killWhen(place, { direction, replica, holdsBack: point !== 'after the 202' });
  },
};

/** SIGTERM in the middle of everything. */
export const restartInOrder: FaultAction = {
  name: 'SIGTERM',
  act: async ({ replicas }, random) => {
    await random.pick(replicas).restart();
  },
};

/** A process that stalls; longer than its user lease, shorter than its event leases. */
export const stall: FaultAction = {
  name: 'SIGSTOP and SIGCONT',
  act: ({ replicas }, random) => stallFor(random.pick(replicas), random.between(500, 9_000)),
};

/** A process that stalls until another one has taken over what it held. */
export const stallPastLeases: FaultAction = {
  name: 'SIGSTOP past its leases',
  unavailable: ({ database }) => (database === null ? 'nobody else recovers leases on SQLite' : null),
  act: ({ replicas }, random) => stallFor(random.pick(replicas), random.between(32_000, 45_000)),
};

async function stallFor(replica: Replica, ms: number): Promise<void> {
  const gateway = await replica.whenUp();
  gateway.pause();
  await wait(ms);
  gateway.resume();
}

/** SIGKILL at the very moment at which a client learns that its event is safe. */
export const killAfterAnswer: FaultAction = {
  name: 'kill -9 after the 202',
  act: async ({ replicas }, random) => {
    const replica = random.pick(replicas);
    await replica.whenUp();
    await killWhen(replica.front, { direction: 'answers', replica, holdsBack: false });
  },
};

interface Ambush {
  readonly direction: Direction;
  readonly replica: Replica;
  /** Whether what was caught passing stays where it is until the process is gone. */
  readonly holdsBack: boolean;
}

/** Where nothing passes by in time, the process is killed all the same. */
async function killWhen(wire: TcpProxy, { direction, replica, holdsBack }: Ambush): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const kill = async () => {
    wire.forgetNext();
    clearTimeout(late);
    await replica.kill();
    resolve();
  };
  const late = setTimeout(kill, AMBUSH_PATIENCE_MS);
  wire.onNext(direction, async () => {
    const killed = kill();
    if (holdsBack) await killed;
  });
  await promise;
}
