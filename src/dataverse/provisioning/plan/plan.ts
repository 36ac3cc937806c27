import type { Change, Obstacle } from '../change.js';
import { compare } from '../compare/compare.js';
import type { Dependants, DeployedState } from '../deployed/deployed-state.js';
import { isSameName } from '../same-name.js';
import type { WishedState } from '../wished/wished-state.js';
import { missingPrivilege } from './missing-privilege.js';
import { planCatalogs } from './plan-catalogs.js';
import { planCustomApi } from './plan-custom-api.js';
import type { Recreation } from './plan-recreation.js';
import { planSolution } from './plan-solution.js';

/** What there is to do, as data: shown, agreed to and carried out by others. */
export interface Plan {
  /** In the order in which they have to be made. */
  readonly changes: readonly Change[];
  /** What `changes` with `recreates` cost; one for each such custom API. */
  readonly recreations: readonly Recreation[];
  /** What cannot be done, and stands in the way of what was wished. */
  readonly obstacles: readonly Obstacle[];
}

/** A step on a message, as a recreation finds it. */
type DeployedStepName = Dependants['steps'][number];

/** What planning takes beside the two states. */
export interface PlanOptions {
  readonly newId: () => string;
  /** Whether a step is restored by the same plan's owner, so that it is not lost. */
  readonly isRestored?: (step: DeployedStepName) => boolean;
  /** Whether a missing solution is made, and a publisher for it. */
  readonly createSolution?: boolean;
  /** Unique names of custom APIs that are made the events' although they were made for something else. */
  readonly takeOver?: readonly string[];
  /** What is planned on top, given the messages whose custom APIs are made anew: it needs a solution as well. */
  readonly onTop?: (recreated: ReadonlySet<string>) => Pick<Plan, 'changes' | 'obstacles'>;
}

export function planFor(wished: WishedState, deployed: DeployedState, options: PlanOptions): Plan {
  const { catalogs, customApis } = compare(wished, deployed);
  const places = planCatalogs(catalogs, options.newId);
  const plans = customApis.map((custom) =>
    planCustomApi(custom, {
      newId: options.newId,
      category: places.of.get(custom.wished.category) ?? null,
      dependants: deployed.dependants,
      isRestored: options.isRestored ?? (() => false),
      isTakenOver: options.takeOver?.some((name) => isSameName(name, custom.wished.api.uniqueName)) ?? false,
      solution: wished.solution,
    }),
  );
  const recreations = plans.flatMap(({ recreation }) => recreation ?? []);
  const whole = recreations.filter(({ scope }) => scope === 'custom-api').map(({ name }) => name);
  const onTop = options.onTop?.(new Set(whole)) ?? { changes: [], obstacles: [] };
  const changes = [...places.changes, ...plans.flatMap((plan) => plan.changes), ...onTop.changes];
  const obstacles = [...places.obstacles, ...plans.flatMap((plan) => plan.obstacles), ...onTop.obstacles];
  const home = planSolution(wished, deployed, { ...options, isNeeded: changes.some(isPutIntoSolution) });
  return {
    changes: [...home.changes, ...changes],
    recreations,
    obstacles: [...home.obstacles, ...deployed.missingPrivileges.map(missingPrivilege), ...obstacles],
  };
}

/** Endpoints and steps are made beside a managed solution as well; components of events belong into it. */
function isPutIntoSolution({ action, component }: Change): boolean {
  const isMade = action === 'create' || action === 'recreate';
  return isMade && component !== 'service-endpoint' && component !== 'step';
}
