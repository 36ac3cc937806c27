import type { Change, Obstacle } from '../change.js';
import type { CustomApiComparison, StandingApi } from '../compare/compare.js';
import { lackedEnvelope } from '../compare/lacked-envelope.js';
import type { Dependants } from '../deployed/deployed-state.js';
import { foreignApi, managedApi, managedInTheWay, solutionNotNamed, takenName } from './api-obstacles.js';
import { createAssignment, type Place, updateAssignment } from './plan-assignment.js';
import { updateParts } from './plan-parts.js';
import {
  type BegunRecreation,
  isRecreationDue,
  isWholeStale,
  type Recreation,
  recreationOf,
  staleParts,
} from './plan-recreation.js';
import { createCustomApi, recreateCustomApi } from './plan-whole-api.js';

/** The changes for one event type. */
export interface CustomApiPlan {
  readonly changes: readonly Change[];
  readonly recreation: Recreation | null;
  readonly obstacles: readonly Obstacle[];
}

export interface CustomApiContext {
  readonly newId: () => string;
  /** The category that it is assigned to, or null where there can be none. */
  readonly category: Place | null;
  /** By the id of a custom API. */
  readonly dependants: ReadonlyMap<string, Dependants>;
  /** Whether the same plan makes a step anew. */
  readonly isRestored: (step: Dependants['steps'][number]) => boolean;
  /** Whether it is taken over for the event although it was made for something else. */
  readonly isTakenOver: boolean;
  /** The facts from before a recreation that this run or an earlier one began; null where there was none. */
  readonly begun: BegunRecreation | null;
  /** Unique name of the solution that new components are added to. */
  readonly solution: string | null;
}

const NOTHING_HANGS: Dependants = { steps: [], flows: [], plugInType: null, solutions: [] };

export function planCustomApi(comparison: CustomApiComparison, context: CustomApiContext): CustomApiPlan {
  const { wished, standing, isNameTaken } = comparison;
  if (isNameTaken) return blocked(takenName(wished));
  if (standing === null) return planMissing(comparison, context);
  const lacked = lackedEnvelope(standing);
  if (standing.row.isManaged) {
    const changes = lacked.length > 0 ? [] : planAssignment(comparison, standing, context);
    return { changes, recreation: null, obstacles: managedApi(wished, standing) };
  }
  // A recreation that was begun may itself have deleted what is lacking.
  if (lacked.length > 0 && !context.isTakenOver && context.begun === null) return blocked(foreignApi(wished, lacked));
  const hanging = context.dependants.get(standing.row.id) ?? NOTHING_HANGS;
  const inTheWay = managedInTheWay(comparison, standing, hanging.steps);
  if (inTheWay !== null) return blocked(inTheWay);
  if (isRecreationDue(standing)) return planRecreation(comparison, standing, { ...context, hanging });
  return { changes: planUpdates(comparison, standing, context), recreation: null, obstacles: [] };
}

function blocked(obstacle: Obstacle): CustomApiPlan {
  return { changes: [], recreation: null, obstacles: [obstacle] };
}

function planMissing(comparison: CustomApiComparison, context: CustomApiContext): CustomApiPlan {
  const { newId, begun } = context;
  const wished = { executePrivilege: begun?.executePrivilege ?? null, ...comparison.wished };
  const id = newId();
  const changes = [
    createCustomApi(wished, { id, newId }),
    ...createAssignment(wished, { id, category: placeOf(comparison, context) }),
  ];
  return { changes, recreation: null, obstacles: [] };
}

function planUpdates(
  comparison: CustomApiComparison,
  standing: StandingApi,
  context: CustomApiContext,
): readonly Change[] {
  return [...updateParts(comparison.wished, standing, context.newId), ...planAssignment(comparison, standing, context)];
}

function planRecreation(
  comparison: CustomApiComparison,
  standing: StandingApi,
  context: CustomApiContext & { readonly hanging: Dependants },
): CustomApiPlan {
  const { wished, foreignAssignments } = comparison;
  const { hanging, isRestored, solution } = context;
  const isWhole = isWholeStale(standing);
  const isMadeAnew = isWhole || staleParts(standing).parameters.length > 0;
  if (isMadeAnew && solution === null && hanging.solutions.length > 0) {
    return blocked(solutionNotNamed(wished, hanging.solutions));
  }
  const recreation = recreationOf(wished, standing, {
    ...hanging,
    steps: hanging.steps.filter((step) => !isRestored(step)),
    foreignAssignments: foreignAssignments.map(({ cells }) => String(cells.name)),
    solution,
  });
  if (!isWhole) return { changes: planUpdates(comparison, standing, context), recreation, obstacles: [] };
  // Deletions that others may prevent come first: if one is refused, everything of ours still exists.
  const steps = hanging.steps.toSorted((one, other) => Number(isRestored(one)) - Number(isRestored(other)));
  const change = recreateCustomApi(comparison, standing, {
    ...context,
    steps,
    category: placeOf(comparison, context),
  });
  return { changes: [change], recreation, obstacles: [] };
}

/**
 * A category that somebody moved gets no new assignment. But a custom API that was assigned to it stays so, even if a
 * recreation has deleted the assignment already.
 */
function placeOf(comparison: CustomApiComparison, { category, begun }: CustomApiContext): Place | null {
  const { wished, assignment } = comparison;
  const moved = comparison.category?.deployed ?? null;
  if (category !== null || moved === null) return category;
  return assignment === null && begun === null ? null : { id: moved.id, uniqueName: wished.category };
}

function planAssignment(
  comparison: CustomApiComparison,
  standing: StandingApi,
  context: CustomApiContext,
): readonly Change[] {
  const { wished, assignment } = comparison;
  return assignment === null
    ? createAssignment(wished, { id: standing.row.id, category: placeOf(comparison, context) })
    : updateAssignment(wished, assignment);
}
