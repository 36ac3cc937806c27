import type { Obstacle } from '../change.js';
import type { CustomApiComparison, StandingApi } from '../compare/compare.js';
import { unlessTolerated } from '../compare/compare-cells.js';
import type { Dependants } from '../deployed/deployed-state.js';
import { MANAGED_ADVICE } from '../managed-advice.js';
import type { WishedCustomApi } from '../wished/wished-state.js';
import { differencesInWords } from './difference-words.js';
import { isWholeStale, staleParts } from './plan-recreation.js';

export function takenName({ api, type }: WishedCustomApi): Obstacle {
  return {
    ...subject(api.uniqueName, type),
    what: `A message named ${api.uniqueName} exists, and no custom API of that name can be seen: it is a custom process action's, most likely, or the application user may not read it`,
    why: 'two messages cannot have one name',
    advice:
      'give the definition another `messageName`, such as On<Event>, or remove what has the name; `dataverse check` tells what the application user may read',
  };
}

/** Somebody made it for another purpose: its callers would be refused, and its function would silently end. */
export function foreignApi({ api, type }: WishedCustomApi, lacked: readonly string[]): Obstacle {
  return {
    ...subject(api.uniqueName, type),
    what: `The custom API ${api.uniqueName} was not made for this event, as it seems: it has no ${lacked.join(', no ')}`,
    why: 'every event carries these; added to it, they would be required of whoever calls it now',
    advice:
      'give the definition another name by `messageName`, or `version: 2`; or, where this one is meant and its callers are ' +
      'agreed with, or where `dataverse apply` was cut off while it made these anew, take it over: `dataverse apply` with ' +
      `--take-over ${api.uniqueName} --recreate ${api.uniqueName}`,
  };
}

export function managedApi({ api, type }: WishedCustomApi, standing: StandingApi): readonly Obstacle[] {
  const differences = differencesInWords(standing);
  if (differences.length === 0) return [];
  return [
    {
      ...subject(api.uniqueName, type),
      what: `The custom API ${api.uniqueName} is managed and differs: ${differences.join('; ')}`,
      why: 'what a managed solution brought is changed by its next version alone',
      advice: MANAGED_ADVICE,
    },
  ];
}

/** A part that has to be changed or deleted came with somebody's managed solution, and cannot be. */
export function managedInTheWay(comparison: CustomApiComparison, standing: StandingApi, steps: Dependants['steps']) {
  const { wished } = comparison;
  const named = isWholeStale(standing) ? managedOnWhole(comparison, standing, steps) : managedParts(standing);
  if (named.length === 0) return null;
  const { uniqueName } = wished.api;
  const obstacle: Obstacle = {
    ...subject(uniqueName, wished.type),
    what: `${uniqueName} differs, and cannot be made as wished while managed solutions have parts of it or on it: ${named.join(', ')}`,
    why: 'Dataverse deletes and changes nothing that a managed solution brought, and half a recreation would leave no custom API',
    advice:
      'uninstall the solution that brought them, or have its next version leave them out; or declare the event anew beside ' +
      'it, in a file of its own with `version: 2`',
  };
  return obstacle;
}

function managedOnWhole(
  { assignment, foreignAssignments }: CustomApiComparison,
  { row }: StandingApi,
  steps: Dependants['steps'],
): readonly string[] {
  const assignments = [...foreignAssignments, ...(assignment === null ? [] : [assignment.row])];
  return [
    ...row.parameters.filter(isManaged).map(({ cells }) => `parameter ${cells.uniquename}`),
    ...row.responseProperties.filter(isManaged).map(({ cells }) => `response property ${cells.uniquename}`),
    ...assignments.filter(isManaged).map(({ cells }) => `assignment ${cells.name}`),
    ...steps.filter(isManaged).map(({ name }) => `step ${name}`),
  ];
}

function managedParts(standing: StandingApi): readonly string[] {
  const { foreignParameters, responseProperties } = staleParts(standing);
  const changed = standing.parameters.flatMap(({ deployed, differences }) =>
    deployed !== null && unlessTolerated(differences).length > 0 ? [deployed] : [],
  );
  return [
    ...[...changed, ...foreignParameters].filter(isManaged).map(({ cells }) => `parameter ${cells.uniquename}`),
    ...responseProperties.filter(isManaged).map(({ cells }) => `response property ${cells.uniquename}`),
  ];
}

/** Made anew in the default solution, it would be missing from the solutions it was in. */
export function solutionNotNamed({ api, type }: WishedCustomApi, solutions: readonly string[]): Obstacle {
  const [first = ''] = solutions;
  return {
    ...subject(api.uniqueName, type),
    what: `${api.uniqueName} or a parameter of it has to be made anew, it is part of the solution ${solutions.join(', ')}, and no solution is named to put it into`,
    why: 'what is made anew would be in the default solution alone, and the next export of its own would be without it',
    advice: `set DATAVERSE_SOLUTION to ${first}`,
  };
}

function subject(name: string, type: string): Pick<Obstacle, 'component' | 'name' | 'type'> {
  return { component: 'custom-api', name, type };
}

function isManaged(row: { readonly isManaged: boolean }): boolean {
  return row.isManaged;
}
