import type { ComponentKind } from '../change.js';
import type { StandingApi } from '../compare/compare.js';
import { type JudgedDifference, unlessTolerated } from '../compare/compare-cells.js';
import type { Dependants } from '../deployed/deployed-state.js';
import type { WishedCustomApi } from '../wished/wished-state.js';

/** Something that depends on a custom API, or a solution that it belongs to. */
export interface Dependant {
  readonly component: ComponentKind;
  readonly name: string;
}

/** What it costs to make a custom API, or parts of it, anew: none of it is done unasked. */
export interface Recreation {
  readonly type: string;
  /** Unique name of the custom API. */
  readonly name: string;
  /** `parts`: the custom API stays; its wrong parts are deleted and made anew. */
  readonly scope: 'custom-api' | 'parts';
  /** Why it takes consent, in words. */
  readonly reasons: readonly string[];
  /** Steps and flows of others that wait for the event: if there are any, consent has to name the custom API. */
  readonly subscribers: readonly Dependant[];
  /** What is lost afterwards and not restored. */
  readonly losses: readonly Dependant[];
  /** What to do instead, in a sentence; null where there is nothing. */
  readonly advice: string | null;
  /**
   * The privilege that callers need once the custom API is made anew; null for none, and where the custom API stays.
   */
  readonly executePrivilege: string | null;
}

/**
 * A recreation that was agreed to and may be half made. The facts it deleted cannot be read anywhere else any more:
 * they are kept here.
 */
export type BegunRecreation = Pick<Recreation, 'name' | 'executePrivilege'>;

/** Facts beside those that were read from the custom API itself. */
export interface RecreationContext extends Dependants {
  readonly foreignAssignments: readonly string[];
  /** Unique name of the solution that the new custom API is added to. */
  readonly solution: string | null;
}

/** Whether a column of the custom API itself differs that no update can change. */
export function isWholeStale({ differences }: StandingApi): boolean {
  return unlessTolerated(differences).some(({ isFixed }) => isFixed);
}

/** The parts that cannot be corrected without a loss to somebody. */
export function staleParts({ parameters, foreignParameters, row, differences }: StandingApi) {
  return {
    parameters: parameters.filter((parameter) => unlessTolerated(parameter.differences).some(({ isFixed }) => isFixed)),
    missing: parameters.filter(({ wished, deployed }) => deployed === null && !wished.isOptional),
    foreignParameters: foreignParameters.filter(({ cells }) => cells.isoptional !== true),
    responseProperties: row.responseProperties,
    columns: unlessTolerated(differences).filter(({ isLoss }) => isLoss),
  };
}

/** Whether anything would be lost, so that the custom API's dependants have to be read. */
export function isRecreationDue(standing: StandingApi): boolean {
  if (standing.row.isManaged) return false;
  return isWholeStale(standing) || Object.values(staleParts(standing)).some((parts) => parts.length > 0);
}

/** What a recreation costs. `steps`: those on its message that the same plan does not restore. */
export function recreationOf(wished: WishedCustomApi, standing: StandingApi, context: RecreationContext): Recreation {
  const { type, name } = { type: wished.type, name: wished.api.uniqueName };
  const subscribers: readonly Dependant[] = [
    ...context.steps.map((step) => ({ component: 'step' as const, name: step.name })),
    ...context.flows.map((flow) => ({ component: 'flow' as const, name: flow })),
  ];
  const advice = requiresMore(standing) ? INSTEAD_OF_REQUIRED : null;
  const plugIn = plugInOf(standing, context).map(lost('plug-in-type'));
  if (!isWholeStale(standing))
    return { type, name, ...partsOf(standing, plugIn), subscribers, advice, executePrivilege: null };
  const optional = standing.foreignParameters.map(named('request-parameter'));
  const responses = standing.row.responseProperties.map(named('response-property'));
  const assigned = context.foreignAssignments.map(lost('catalog-assignment'));
  const solutions = context.solutions.filter((solution) => solution !== context.solution).map(lost('solution'));
  return {
    type,
    name,
    scope: 'custom-api',
    reasons: fixedReasons(standing.differences),
    subscribers,
    losses: [...subscribers, ...assigned, ...optional, ...responses, ...plugIn, ...solutions],
    advice,
    executePrivilege: privilegeAfter(wished, standing),
  };
}

/** Who may call a custom API stays the same, unless a privilege was chosen. */
export function privilegeAfter({ executePrivilege }: WishedCustomApi, { row }: StandingApi): string | null {
  const { executeprivilegename } = row.cells;
  if (executePrivilege !== undefined) return executePrivilege;
  return typeof executeprivilegename === 'string' ? executeprivilegename : null;
}

const INSTEAD_OF_REQUIRED =
  'events of the older definition, pending ones too, are refused from then on: make the field optional ' +
  '(`optional: true`), or declare the event anew beside it, in a file of its own with `version: 2`';

/** Whether calls that were complete before lack something afterwards. */
function requiresMore(standing: StandingApi): boolean {
  const { missing, parameters } = staleParts(standing);
  return (
    missing.length > 0 ||
    parameters.some(({ wished, deployed }) => !wished.isOptional && deployed?.cells.isoptional === true)
  );
}

/** By its name, or by its id where the name may not be read. */
function plugInOf({ differences }: StandingApi, { plugInType }: Dependants): readonly string[] {
  const unset = unlessTolerated(differences).find(({ column }) => column === 'plugintypeid');
  return unset === undefined ? [] : [plugInType ?? String(unset.deployed)];
}

function partsOf(
  standing: StandingApi,
  plugIn: readonly Dependant[],
): Pick<Recreation, 'scope' | 'reasons' | 'losses'> {
  const { parameters, missing, foreignParameters, responseProperties } = staleParts(standing);
  return {
    scope: 'parts',
    reasons: [
      ...plugIn.map(({ name }) => `it runs the plug-in type ${name}, which it must not have`),
      ...missing.map(({ wished }) => `parameter ${wished.uniqueName}: required, and not there yet`),
      ...parameters.flatMap(({ wished, differences }) =>
        fixedReasons(differences).map((reason) => `parameter ${wished.uniqueName}: ${reason}`),
      ),
      ...foreignParameters.map((row) => `parameter ${nameOf(row)}: required, and the definition does not have it`),
      ...responseProperties.map((row) => `response property ${nameOf(row)}: an external event answers nothing`),
    ],
    losses: [
      ...foreignParameters.map(named('request-parameter')),
      ...responseProperties.map(named('response-property')),
      ...plugIn,
    ],
  };
}

function fixedReasons(differences: readonly JudgedDifference[]): readonly string[] {
  return unlessTolerated(differences)
    .filter(({ isFixed }) => isFixed)
    .map(({ column, wished, deployed }) => `${column} is ${String(deployed)} and has to be ${String(wished)}`);
}

function lost(component: ComponentKind) {
  return (name: string): Dependant => ({ component, name });
}

function named(component: ComponentKind) {
  return (row: Parameters<typeof nameOf>[0]): Dependant => ({ component, name: nameOf(row) });
}

function nameOf({ cells }: StandingApi['row']['parameters'][number]): string {
  return String(cells.uniquename);
}
