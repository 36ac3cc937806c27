import type { Change, Obstacle } from '../change.js';
import type { DeployedPublisher, DeployedSolution, DeployedState } from '../deployed/deployed-state.js';
import { MANAGED_ADVICE } from '../managed-advice.js';
import { publisherRow, solutionRow } from '../wished/wished-rows.js';
import type { WishedState } from '../wished/wished-state.js';

interface SolutionOptions {
  readonly newId: () => string;
  /** Whether a missing solution is created, and a publisher for it. */
  readonly createSolution: boolean;
  /** Everything else that is planned. */
  readonly changes: readonly Change[];
}

interface SolutionPlan {
  readonly changes: readonly Change[];
  readonly obstacles: readonly Obstacle[];
}

/** Where new components go: the wished solution with its publisher, or the default solution. */
export function planSolution(
  { solution, prefix }: WishedState,
  { solution: standing, publishers }: DeployedState,
  { newId, createSolution, changes }: SolutionOptions,
): SolutionPlan {
  const isNeeded = changes.some(isPutIntoSolution);
  const [publisher = null] = publishers;
  if (solution === null) return isNeeded && publisher === null ? blocked(noPublisher(prefix)) : NOTHING;
  if (standing !== null) return judgeStanding(solution, standing, { prefix, isNeeded });
  if (!createSolution) return blocked(noSolution(solution));
  return { changes: createHome(solution, { publisher, prefix, newId }), obstacles: [] };
}

/** Components of events are put into the solution; endpoints and steps can also be made beside a managed one. */
function isPutIntoSolution({ action, component }: Change): boolean {
  const isMade = action === 'create' || action === 'recreate';
  return isMade && component !== 'service-endpoint' && component !== 'step';
}

const NOTHING: SolutionPlan = { changes: [], obstacles: [] };

function blocked(obstacle: Obstacle): SolutionPlan {
  return { changes: [], obstacles: [obstacle] };
}

function judgeStanding(
  name: string,
  { isManaged, publisher }: DeployedSolution,
  { prefix, isNeeded }: { readonly prefix: string; readonly isNeeded: boolean },
): SolutionPlan {
  if (publisher.prefix !== prefix) return blocked(otherPrefix(name, publisher, prefix));
  return isManaged && isNeeded ? blocked(managedSolution(name)) : NOTHING;
}

function createHome(
  solution: string,
  {
    publisher,
    prefix,
    newId,
  }: { readonly publisher: DeployedPublisher | null; readonly prefix: string; readonly newId: () => string },
): readonly Change[] {
  const publisherId = publisher?.id ?? newId();
  const create = { action: 'create', type: null, differences: [] } as const;
  const home: Change = {
    ...create,
    component: 'solution',
    name: solution,
    operations: [
      {
        kind: 'create',
        set: 'solutions',
        primaryKey: 'solutionid',
        id: newId(),
        row: solutionRow(solution),
        binds: [{ navigation: 'publisherid', set: 'publishers', to: { id: publisherId } }],
      },
    ],
  };
  if (publisher !== null) return [home];
  const row = publisherRow(prefix);
  const operation = {
    kind: 'create',
    set: 'publishers',
    primaryKey: 'publisherid',
    id: publisherId,
    row,
    binds: [],
  } as const;
  return [{ ...create, component: 'publisher', name: prefix, operations: [operation] }, home];
}

function noSolution(name: string): Obstacle {
  return {
    component: 'solution',
    name,
    type: null,
    what: `The solution ${name} that DATAVERSE_SOLUTION names does not exist in this environment`,
    why: 'new components are put into it, so that they can be deployed and removed together',
    advice: 'correct DATAVERSE_SOLUTION, or let --create-solution create it',
  };
}

function noPublisher(prefix: string): Obstacle {
  return {
    component: 'publisher',
    name: prefix,
    type: null,
    what: `No publisher has the customization prefix ${prefix}`,
    why: 'Dataverse takes unique names only with the prefix of a publisher',
    advice:
      "set DATAVERSE_PUBLISHER_PREFIX to your publisher's prefix, or set DATAVERSE_SOLUTION and let --create-solution " +
      'create the solution and its publisher',
  };
}

function otherPrefix(name: string, publisher: DeployedPublisher, prefix: string): Obstacle {
  return {
    component: 'solution',
    name,
    type: null,
    what: `The solution ${name} is of publisher ${publisher.uniqueName}, whose prefix is ${publisher.prefix}, not ${prefix}`,
    why: 'Dataverse takes into a solution only unique names with the prefix of its publisher',
    advice: `set DATAVERSE_PUBLISHER_PREFIX to ${publisher.prefix}, or name a solution of a publisher with prefix ${prefix}`,
  };
}

function managedSolution(name: string): Obstacle {
  return {
    component: 'solution',
    name,
    type: null,
    what: `The solution ${name} is managed: it was installed here from another environment`,
    why: 'nothing can be put into a managed solution',
    advice: `${MANAGED_ADVICE}, or name an unmanaged solution`,
  };
}
