import type { Change, Obstacle } from '../change.js';
import type { CustomApiComparison, StandingApi } from '../compare/compare.js';
import type { Dependants } from '../deployed/deployed-state.js';
import { differencesInWords } from './difference-words.js';
import { createAssignment, type Place, updateAssignment } from './plan-assignment.js';
import { updateParts } from './plan-parts.js';
import { isRecreationDue, isWholeStale, type Recreation, recreationOf } from './plan-recreation.js';
import { createCustomApi, recreateCustomApi } from './plan-whole-api.js';

/** What there is to do for one event type. */
export interface CustomApiPlan {
  readonly changes: readonly Change[];
  readonly recreation: Recreation | null;
  readonly obstacles: readonly Obstacle[];
}

export interface CustomApiContext {
  readonly newId: () => string;
  /** The category it is assigned to, or null where there can be none. */
  readonly category: Place | null;
  /** By the id of a custom API. */
  readonly dependants: ReadonlyMap<string, Dependants>;
  /** Whether the same plan makes a step anew. */
  readonly isRestored: (step: Dependants['steps'][number]) => boolean;
}

const NOTHING_HANGS: Dependants = { steps: [], flows: [] };

export function planCustomApi(comparison: CustomApiComparison, context: CustomApiContext): CustomApiPlan {
  const { wished, standing, isNameTaken } = comparison;
  if (isNameTaken) return { changes: [], recreation: null, obstacles: [takenName(comparison)] };
  if (standing === null) {
    const id = context.newId();
    const changes = [
      createCustomApi(wished, { id, newId: context.newId }),
      ...createAssignment(wished, { id, ...context }),
    ];
    return { changes, recreation: null, obstacles: [] };
  }
  const assignment = planAssignment(comparison, standing, context);
  if (standing.row.isManaged) {
    return { changes: assignment, recreation: null, obstacles: managedApi(comparison, standing) };
  }
  if (!isRecreationDue(standing)) {
    return {
      changes: [...updateParts(wished, standing, context.newId), ...assignment],
      recreation: null,
      obstacles: [],
    };
  }
  return planRecreation(comparison, standing, context);
}

function planRecreation(
  comparison: CustomApiComparison,
  standing: StandingApi,
  context: CustomApiContext,
): CustomApiPlan {
  const { wished, foreignAssignments } = comparison;
  const hanging = context.dependants.get(standing.row.id) ?? NOTHING_HANGS;
  const recreation = recreationOf({ type: wished.type, name: wished.api.uniqueName }, standing, {
    steps: hanging.steps.filter((step) => !context.isRestored(step)),
    flows: hanging.flows,
    foreignAssignments: foreignAssignments.map(({ cells }) => String(cells.name)),
  });
  const changes = isWholeStale(standing)
    ? [
        recreateCustomApi(comparison, standing, {
          ...context,
          steps: hanging.steps,
          category: placeAfter(comparison, context),
        }),
      ]
    : [...updateParts(wished, standing, context.newId), ...planAssignment(comparison, standing, context)];
  return { changes, recreation, obstacles: [] };
}

/** Into a category that somebody moved nothing is put anew, but what was assigned to it stays so. */
function placeAfter({ wished, assignment }: CustomApiComparison, { category }: CustomApiContext): Place | null {
  const catalogId = assignment?.row.catalogId ?? null;
  return category ?? (catalogId === null ? null : { id: catalogId, uniqueName: wished.category });
}

function planAssignment(
  { wished, assignment }: CustomApiComparison,
  standing: StandingApi,
  { category }: CustomApiContext,
): readonly Change[] {
  return assignment === null
    ? createAssignment(wished, { id: standing.row.id, category })
    : updateAssignment(wished, assignment);
}

function takenName({ wished: { api, type } }: CustomApiComparison): Obstacle {
  return {
    component: 'custom-api',
    name: api.uniqueName,
    type,
    what: `A message named ${api.uniqueName} exists, and no custom API of that name can be seen: it is a custom process action's, most likely, or the application user may not read it`,
    why: 'two messages cannot have one name',
    advice:
      'give the definition another `messageName`, such as On<Event>, or remove what has the name; `dataverse check` tells what the application user may read',
  };
}

function managedApi({ wished: { api, type } }: CustomApiComparison, standing: StandingApi): readonly Obstacle[] {
  const differences = differencesInWords(standing);
  if (differences.length === 0) return [];
  return [
    {
      component: 'custom-api',
      name: api.uniqueName,
      type,
      what: `The custom API ${api.uniqueName} is managed and differs: ${differences.join('; ')}`,
      why: 'what a managed solution brought is changed by its next version alone',
      advice:
        'make the change where the solution is developed (`dataverse apply` or `dataverse export` there) and install its ' +
        'new version here',
    },
  ];
}
