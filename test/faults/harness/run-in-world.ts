import type { FaultAction } from './fault-action.js';
import type { Report } from './report.js';
import { runFaults } from './run-faults.js';
import { SeededRandom } from './seeded-random.js';
import { createWorld, type DatabaseUnderTest } from './world.js';

interface ShortRun {
  readonly seed: number;
  readonly actions: readonly FaultAction[];
  readonly steps: number;
  readonly deaths?: readonly string[];
  readonly replicas?: number;
  /** What node runs, where it is not the built gateway. */
  readonly main?: string;
  readonly database?: DatabaseUnderTest;
  /** How long the backlog may take to be delivered afterwards. */
  readonly restMs?: number;
}

const REST_MS = 40_000;

/** A run that tests can wait for, in a world of its own. */
export async function runInWorld(run: ShortRun): Promise<Report> {
  const random = new SeededRandom(run.seed);
  const world = await createWorld({
    random: random.fork(),
    replicas: run.replicas ?? 1,
    tills: 6,
    vendors: 4,
    pauseMs: 50,
    ...(run.main === undefined ? {} : { command: [run.main] }),
    ...(run.database === undefined ? {} : { database: run.database }),
  });
  try {
    return await runFaults(world, {
      random: random.fork(),
      actions: run.actions,
      steps: run.steps,
      lastsMs: Number.POSITIVE_INFINITY,
      restMs: run.restMs ?? REST_MS,
      pauseMs: 100,
      deaths: run.deaths ?? [],
    });
  } finally {
    await world.remove();
  }
}
