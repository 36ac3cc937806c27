import { setTimeout as wait } from 'node:timers/promises';
import type { FaultAction } from './fault-action.js';
import type { SeededRandom } from './seeded-random.js';
import type { DatabaseUnderTest } from './world.js';

/** What a database server does to those that depend on it. */
export const POSTGRES_FAULTS: readonly FaultAction[] = [
  fault('PostgreSQL restarted', (database) => database.restart()),
  fault('PostgreSQL killed', (database) => database.crash()),
  fault('connections to PostgreSQL cut', async ({ proxy }, random) => {
    for (let times = random.between(1, 4); times > 0; times--) {
      proxy.cutAll();
      await wait(random.between(20, 300));
    }
  }),
  fault('connection to PostgreSQL cut at a commit', async ({ proxy }, random) => {
    proxy.onNext(random.pick(['requests', 'answers'] as const), async () => proxy.cutAll());
    await wait(300);
    proxy.forgetNext();
  }),
  fault('PostgreSQL slow', async ({ proxy }, random) => {
    proxy.mood = { kind: 'slow', delayMs: random.between(5, 100) };
    await wait(random.between(500, 3_000));
    proxy.mood = { kind: 'pass' };
  }),
  fault('PostgreSQL out of reach', async ({ proxy }, random) => {
    proxy.mood = { kind: 'hole', direction: 'both' };
    await wait(random.between(500, 4_000));
    proxy.cutAll();
    proxy.mood = { kind: 'pass' };
  }),
];

function fault(
  name: string,
  happen: (database: DatabaseUnderTest, random: SeededRandom) => Promise<void>,
): FaultAction {
  return {
    name,
    unavailable: ({ database }) => (database === null ? 'the store is a file' : null),
    act: async ({ database }, random) => {
      if (database !== null) await happen(database, random);
    },
  };
}
