import type { Comparison } from '../compare/compare.js';
import type { Dependants } from '../deployed/deployed-state.js';
import { isSameName } from '../same-name.js';
import type { Plan } from './plan.js';
import { planCatalogs } from './plan-catalogs.js';
import { type CustomApiContext, planCustomApi } from './plan-custom-api.js';
import type { BegunRecreation } from './plan-recreation.js';

/** What planning needs besides the comparison. */
export interface ComponentsOptions extends Pick<CustomApiContext, 'newId' | 'dependants' | 'solution'> {
  /** Whether the rest of the plan restores a step, so that it is not lost. */
  readonly isRestored: (step: Dependants['steps'][number]) => boolean;
  /** Unique names of custom APIs that are taken over for events although they were made for something else. */
  readonly takeOver: readonly string[];
  readonly begun: readonly BegunRecreation[];
}

/** The changes of catalogs, custom APIs and assignments, before endpoints and steps are planned. */
export function planComponents(
  { catalogs, customApis }: Comparison,
  { takeOver, begun, ...options }: ComponentsOptions,
): Plan {
  const places = planCatalogs(catalogs, options.newId);
  const plans = customApis.map((custom) => {
    const { uniqueName } = custom.wished.api;
    return planCustomApi(custom, {
      ...options,
      category: places.of.get(custom.wished.category) ?? null,
      isTakenOver: takeOver.some((name) => isSameName(name, uniqueName)),
      begun: begun.find(({ name }) => isSameName(name, uniqueName)) ?? null,
    });
  });
  return {
    changes: [...places.changes, ...plans.flatMap(({ changes }) => changes)],
    recreations: plans.flatMap(({ recreation }) => recreation ?? []),
    obstacles: [...places.obstacles, ...plans.flatMap(({ obstacles }) => obstacles)],
  };
}
