import type { ComponentKind } from '../change.js';
import type { StandingApi } from '../compare/compare.js';
import { type JudgedDifference, unlessTolerated } from '../compare/compare-cells.js';
import type { Dependants } from '../deployed/deployed-state.js';

/** Something that stands on a custom API. */
interface Dependant {
  readonly component: ComponentKind;
  readonly name: string;
}

/** What it costs to make a custom API, or parts of it, anew: nothing of it is done unasked. */
export interface Recreation {
  readonly type: string;
  /** Unique name of the custom API. */
  readonly name: string;
  /** `parts`: the custom API stays, single parameters or response properties of it go. */
  readonly scope: 'custom-api' | 'parts';
  /** Why no update does it, in words. */
  readonly reasons: readonly string[];
  /** Steps and flows of others that wait for the event: while there are any, it has to be asked for by name. */
  readonly subscribers: readonly Dependant[];
  /** What is gone afterwards and is not restored. */
  readonly losses: readonly Dependant[];
}

/** Whether the custom API itself has a column that no update changes. */
export function isWholeStale({ differences }: StandingApi): boolean {
  return unlessTolerated(differences).some(({ isFixed }) => isFixed);
}

/** The parts that only deleting mends. */
export function staleParts({ parameters, foreignParameters, row }: StandingApi) {
  return {
    parameters: parameters.filter(({ differences }) => unlessTolerated(differences).some(({ isFixed }) => isFixed)),
    foreignParameters: foreignParameters.filter(({ cells }) => cells.isoptional !== true),
    responseProperties: row.responseProperties,
  };
}

/** Whether anything would be lost, so that what hangs on the custom API has to be known. */
export function isRecreationDue(standing: StandingApi): boolean {
  if (standing.row.isManaged) return false;
  return isWholeStale(standing) || Object.values(staleParts(standing)).some((parts) => parts.length > 0);
}

/** What a recreation costs. `lostSteps`: those on its message that the same plan does not restore. */
export function recreationOf(
  { type, name }: { readonly type: string; readonly name: string },
  standing: StandingApi,
  { steps, flows, foreignAssignments }: Dependants & { readonly foreignAssignments: readonly string[] },
): Recreation {
  const subscribers: readonly Dependant[] = [
    ...steps.map((step) => ({ component: 'step' as const, name: step.name })),
    ...flows.map((flow) => ({ component: 'flow' as const, name: flow })),
  ];
  if (!isWholeStale(standing)) return { type, name, ...partsOf(standing), subscribers };
  const optional = standing.foreignParameters.map(named('request-parameter'));
  const responses = standing.row.responseProperties.map(named('response-property'));
  const assigned = foreignAssignments.map((assignment) => ({
    component: 'catalog-assignment' as const,
    name: assignment,
  }));
  return {
    type,
    name,
    scope: 'custom-api',
    reasons: fixedReasons(standing.differences),
    subscribers,
    losses: [...subscribers, ...assigned, ...optional, ...responses],
  };
}

function partsOf(standing: StandingApi): Pick<Recreation, 'scope' | 'reasons' | 'losses'> {
  const { parameters, foreignParameters, responseProperties } = staleParts(standing);
  return {
    scope: 'parts',
    reasons: [
      ...parameters.flatMap(({ wished, differences }) =>
        fixedReasons(differences).map((reason) => `parameter ${wished.uniqueName}: ${reason}`),
      ),
      ...foreignParameters.map((row) => `parameter ${nameOf(row)}: required, and the definition does not have it`),
      ...responseProperties.map((row) => `response property ${nameOf(row)}: an external event answers nothing`),
    ],
    losses: [
      ...foreignParameters.map(named('request-parameter')),
      ...responseProperties.map(named('response-property')),
    ],
  };
}

function fixedReasons(differences: readonly JudgedDifference[]): readonly string[] {
  return unlessTolerated(differences)
    .filter(({ isFixed }) => isFixed)
    .map(({ column, wished, deployed }) => `${column} is ${String(deployed)} and has to be ${String(wished)}`);
}

function named(component: ComponentKind) {
  return (row: Parameters<typeof nameOf>[0]): Dependant => ({ component, name: nameOf(row) });
}

function nameOf({ cells }: StandingApi['row']['parameters'][number]): string {
  return String(cells.uniquename);
}
