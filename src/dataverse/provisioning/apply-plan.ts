import { DataverseRefusedError } from '../tables/dataverse-refused.error.js';
import { DataverseUnreachableError } from '../tables/dataverse-unreachable.error.js';
import type { TableClient } from '../tables/table-client.js';
import type { Applied, Stop } from './applied.js';
import { BeyondConsentError } from './beyond-consent.error.js';
import type { Change, Obstacle } from './change.js';
import { beyondConsent } from './plan/beyond-consent.js';
import type { Plan } from './plan/plan.js';
import type { BegunRecreation } from './plan/plan-recreation.js';
import { WorkToDo } from './work-to-do.js';

/** What applying a plan needs besides the plan. */
export interface ApplyOptions {
  readonly tables: Pick<TableClient, 'write'>;
  /** Unique name of the solution components are put into, or null for the default solution. */
  readonly solution: string | null;
  /**
   * Reads the environment anew. What is in `begun` may be half made, by this run or by another one at the same time.
   */
  readonly replan: (begun: readonly BegunRecreation[]) => Promise<Plan>;
  /** Told of every change once it is made. */
  readonly onDone: (change: Change) => void;
  /**
   * Once aborted, it ends at the next change; but a custom API that was deleted is first made anew, with all of its
   * parts.
   */
  readonly signal: AbortSignal;
}

/** Two runs at the same time can collide at every change; more collisions than this have another cause. */
const MEETINGS = 20;

/**
 * Makes the changes one after the other. The recreations in `recreations` count as agreed to; before the first write
 * they are read again, and nothing is written if more would be lost by then. If Dataverse refuses a change, the
 * environment is read again. If the change is no longer due, somebody else has made it; if it is a recreation that is
 * half made, the rest of it is due. In both cases a new plan goes on from there; otherwise the other event types go on.
 * Never rejects.
 */
export async function applyPlan(plan: Plan, options: ApplyOptions): Promise<Applied> {
  const work = new WorkToDo(plan);
  if (plan.recreations.length > 0) {
    const why = await lookAgain(work, plan, options);
    if (why !== null) return work.givenUp(options.signal.aborted ? null : why.error);
  }
  await makeAll(work, plan, options);
  return work.outcome();
}

async function makeAll(work: WorkToDo, plan: Plan, options: ApplyOptions): Promise<void> {
  let meetings = 0;
  for (let change = work.next(options.signal.aborted); change !== null; change = work.next(options.signal.aborted)) {
    const stop = await makeChange(work, change, options);
    if (stop === null) {
      work.made(change);
      options.onDone(change);
      continue;
    }
    const after = meetings < MEETINGS ? await afterRefusal(stop, { work, plan, options }) : stop;
    meetings += 1;
    if ('at' in after) work.stopAt(after);
    else work.goOnFrom(after);
  }
}

/** After gates were paused and all questions answered. */
async function lookAgain(
  work: WorkToDo,
  { recreations: agreed }: Plan,
  { replan }: ApplyOptions,
): Promise<{ readonly error: unknown } | null> {
  try {
    const anew = await replan(agreed);
    const more = beyondConsent(agreed, anew.recreations);
    if (more.length > 0) return { error: new BeyondConsentError(more) };
    work.goOnFrom(anew);
    return null;
  } catch (error) {
    return { error };
  }
}

/** Null where all of it is made. */
async function makeChange(work: WorkToDo, change: Change, { tables, solution, signal }: ApplyOptions) {
  for (const [writes, operation] of change.operations.entries()) {
    if (operation.kind === 'delete' && change.action === 'recreate') work.begin(change);
    try {
      await tables.write(operation, { solution: isHome(operation.set) ? null : solution });
    } catch (error) {
      return stopOf(error, { at: change, writes, isInterrupted: signal.aborted });
    }
  }
  return null;
}

function stopOf(error: unknown, { isInterrupted, ...where }: Pick<Stop, 'at' | 'writes'> & { isInterrupted: boolean }) {
  const isUnanswered = error instanceof DataverseUnreachableError;
  const mayHaveRun = isUnanswered && error.mayHaveRun;
  return { ...where, mayHaveRun, error: isInterrupted && isUnanswered ? null : error };
}

/** Solutions and publishers belong to no solution. */
function isHome(set: string): boolean {
  return set === 'solutions' || set === 'publishers';
}

interface Refused {
  readonly work: WorkToDo;
  readonly plan: Plan;
  readonly options: ApplyOptions;
}

/** The plan to go on with after a refused change; the stop where nothing explains the refusal. */
async function afterRefusal(stop: Stop, { work, plan, options }: Refused): Promise<Plan | Stop> {
  if (!(stop.error instanceof DataverseRefusedError)) return stop;
  const { recreations: agreed } = plan;
  try {
    const anew = await options.replan(agreed);
    if (anew.changes.some((change) => isSame(change, stop.at))) return stop;
    if (work.hasBegun(stop.at) && anew.obstacles.some((obstacle) => isInTheWay(obstacle, stop.at))) return stop;
    const more = beyondConsent(agreed, anew.recreations);
    return more.length === 0 ? anew : { ...stop, error: new BeyondConsentError(more) };
  } catch {
    // The refusal is reported; that the environment cannot be read any more adds nothing to it.
    return stop;
  }
}

/** A custom API that this run deleted, in whole or in part, cannot be planned any more: nobody else has made it. */
function isInTheWay({ component, type }: Obstacle, at: Change): boolean {
  return component === 'custom-api' && type === at.type;
}

function isSame(one: Change, other: Change): boolean {
  return one.action === other.action && one.component === other.component && one.name === other.name;
}
