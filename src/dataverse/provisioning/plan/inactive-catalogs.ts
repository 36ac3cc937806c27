import { compare } from '../compare/compare.js';
import type { DeployedComponents } from '../deployed/deployed-state.js';
import type { WishedState } from '../wished/wished-state.js';

/** A note on each catalog of others that is made use of as it is, and is inactive. */
export function inactiveCatalogs(wished: WishedState, deployed: DeployedComponents): readonly string[] {
  return compare(wished, deployed).catalogs.flatMap(({ deployed: catalog, differences }) =>
    catalog !== null && differences.some(({ column, severity }) => column === 'statecode' && severity === 'tolerated')
      ? [
          `The catalog ${catalog.cells.uniquename} ("${catalog.cells.name}") is inactive, and not ours to activate: makers may not find the events in it. Activate it, or give the definitions a catalog of their own (\`rootName\`, \`categoryName\`)`,
        ]
      : [],
  );
}
