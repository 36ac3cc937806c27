import type { Comparison } from '../compare/compare.js';

/** A note on each catalog of others that is used as it is, and is inactive. */
export function inactiveCatalogs({ catalogs }: Comparison): readonly string[] {
  return catalogs.flatMap(({ deployed: catalog, differences }) =>
    catalog !== null && differences.some(({ column, severity }) => column === 'statecode' && severity === 'tolerated')
      ? [
          `The catalog ${catalog.cells.uniquename} ("${catalog.cells.name}") is inactive, and not ours to activate: makers may not find the events in it. Activate it, or give the definitions a catalog of their own (\`rootName\`, \`categoryName\`)`,
        ]
      : [],
  );
}
