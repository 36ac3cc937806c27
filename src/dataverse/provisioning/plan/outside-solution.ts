import type { Comparison } from '../compare/compare.js';
import type { DeployedRow, DeployedState } from '../deployed/deployed-state.js';
import type { WishedState } from '../wished/wished-state.js';

/**
 * A note on components that fit but are outside of the solution: made before there was one, or by hand. Empty where
 * there are none.
 */
export function outsideSolution(
  { catalogs, customApis }: Comparison,
  wished: WishedState,
  { solution }: DeployedState,
): readonly string[] {
  if (solution === null || solution.isManaged || solution.members === null) return [];
  const { members } = solution;
  const isOutside = ({ id, isManaged }: DeployedRow) => !isManaged && !members.has(id);
  const names = [
    ...catalogs.flatMap((catalog) => (catalog.deployed !== null ? [catalog.deployed] : [])),
    ...customApis.flatMap(({ standing }) => (standing !== null ? [standing.row] : [])),
  ].filter(isOutside);
  const assignments = customApis.filter(({ assignment }) => assignment !== null && isOutside(assignment.row));
  const outside = [
    ...names.map(({ cells }) => String(cells.uniquename)),
    ...assignments.map(({ wished: { api } }) => `the assignment of ${api.uniqueName}`),
  ];
  if (outside.length === 0) return [];
  const [what, them] = outside.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return [
    `${outside.join(', ')} ${what} not in the solution ${wished.solution}: calls are no worse for it, but the solution would be carried to other environments without ${them}. Add ${them} in Power Apps (Solutions, ${wished.solution}, Add existing)`,
  ];
}
