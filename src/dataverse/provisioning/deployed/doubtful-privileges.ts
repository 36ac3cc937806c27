import type { Comparison, CustomApiComparison } from '../compare/compare.js';

/** The privileges to read those tables of which something was not found that is wished. */
export function doubtfulPrivileges({ catalogs, customApis }: Comparison): readonly string[] {
  return [
    ...(catalogs.some(({ deployed }) => deployed === null) ? ['prvReadCatalog'] : []),
    // Messages have no owners: without one there is no custom API either.
    ...(customApis.some(({ isNameTaken }) => isNameTaken) ? ['prvReadCustomAPI'] : []),
    ...(customApis.some(lacksParameters) ? ['prvReadCustomAPIRequestParameter'] : []),
    ...(customApis.some(lacksAssignment) ? ['prvReadCatalogAssignment'] : []),
  ];
}

function lacksParameters({ standing }: CustomApiComparison): boolean {
  return standing?.parameters.some(({ deployed }) => deployed === null) ?? false;
}

function lacksAssignment({ standing, category, assignment }: CustomApiComparison): boolean {
  return standing !== null && assignment === null && (category?.deployed ?? null) !== null;
}
