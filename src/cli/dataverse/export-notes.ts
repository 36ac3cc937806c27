import type { SolutionIdentity } from '../../dataverse/provisioning/solution-files/solution-identity.js';
import type { WishedState } from '../../dataverse/provisioning/wished/wished-state.js';
import type { SolutionOptions } from './solution-options.js';

/**
 * What an import of the export does that `apply` would not: a file can neither leave a required column out nor look at
 * the environment. Clauses, empty where every choice was explicit.
 */
export function exportNotes(
  { catalogs }: Pick<WishedState, 'catalogs'>,
  identity: SolutionIdentity,
  options: SolutionOptions,
): readonly string[] {
  const undescribed = catalogs.filter(({ isDescribed }) => !isDescribed).map(({ uniqueName }) => uniqueName);
  return [
    ...(undescribed.length === 0 ? [] : [descriptions(undescribed)]),
    ...unsaid(identity, options),
    ...(options.publisher === undefined ? [assumed(identity)] : []),
    ...(catalogs.length === 0 ? [] : [TWO_OF_ONE_NAME]),
  ];
}

function descriptions(names: readonly string[]): string {
  return (
    `an import overwrites the descriptions of ${names.join(', ')}, also where somebody has described them better, which ` +
    'apply leaves alone: rootDescription and categoryDescription in the definitions say them'
  );
}

function unsaid({ uniqueName, displayName, version }: SolutionIdentity, options: SolutionOptions): readonly string[] {
  const columns = [
    ...(options.solutionName === undefined ? [[`name to ${JSON.stringify(displayName)}`, '--solution-name']] : []),
    ...(options.solutionVersion === undefined ? [[`version to ${version}`, '--solution-version']] : []),
  ];
  if (columns.length === 0) return [];
  const [values, names] = [0, 1].map((part) => columns.map((column) => column[part]).join(' and '));
  return [`an import into a solution ${uniqueName} that is there sets its ${values}: ${names} can say better`];
}

function assumed({ publisher: { uniqueName } }: SolutionIdentity): string {
  return (
    `the publisher is taken to be ${uniqueName}, as its prefix: where yours has another unique name, an import makes a ` +
    'second publisher of that prefix, and a managed solution keeps its publisher for good; --publisher names yours'
  );
}

const TWO_OF_ONE_NAME =
  'an import finds catalogs by unique name alone: where makers have a catalog of the same words and another unique name, ' +
  'which apply would use, they get a second one; rootName and categoryName in the definitions name theirs';
