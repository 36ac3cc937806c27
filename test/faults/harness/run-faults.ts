import { setTimeout as wait } from 'node:timers/promises';
import { check } from './check.js';
import { collectFacts } from './collect-facts.js';
import type { FaultAction } from './fault-action.js';
import { comeToRest, endFaults } from './heal.js';
import type { Report } from './report.js';
import { reportOf } from './report.js';
import type { SeededRandom } from './seeded-random.js';
import type { World } from './world.js';

export interface RunOptions {
  readonly random: SeededRandom;
  /** Drawn from, step by step. */
  readonly actions: readonly FaultAction[];
  /** Ends the run: after so many steps, or so many milliseconds. */
  readonly steps: number;
  readonly lastsMs: number;
  /** How long the backlog may take to be delivered when everything is well again. */
  readonly restMs: number;
  /** How long it stays quiet between two steps, at most. */
  readonly pauseMs: number;
  /** Reasons of death that the faults bring about. */
  readonly deaths: readonly string[];
  readonly onStep?: (step: number, name: string) => void;
}

/** Lets things go wrong, ends it, waits until all is delivered, and judges. */
export async function runFaults(world: World, options: RunOptions): Promise<Report> {
  const startedAt = Date.now();
  const actions = options.actions.filter((action) => (action.unavailable?.(world) ?? null) === null);
  const done = new Map<string, number>();
  for (let step = 0; step < options.steps && Date.now() - startedAt < options.lastsMs; step++) {
    const action = options.random.pick(actions);
    const own = options.random.fork();
    options.onStep?.(step, action.name);
    await action.act(world, own);
    done.set(action.name, (done.get(action.name) ?? 0) + 1);
    await wait(own.between(0, options.pauseMs));
  }
  const faultsEndedAt = Date.now();
  endFaults(world);
  await Promise.all(world.replicas.map((replica) => replica.whenUp()));
  await world.clients.stop();
  const isAtRest = await comeToRest(world, options.restMs);
  const facts = await collectFacts(world);
  const violations = check(facts, { deaths: new Set(options.deaths) });
  return reportOf({ world, facts, violations, done, isAtRest, startedAt, faultsEndedAt });
}
