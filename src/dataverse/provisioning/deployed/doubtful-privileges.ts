import type { Comparison, CustomApiComparison } from '../compare/compare.js';

/**
 * The privileges to read the tables in which something wished was not found, and may only be hidden: rows of custom
 * APIs and parameters have owners. Catalogs, assignments and messages belong to the organization: everybody sees all of
 * them, or none.
 */
export function doubtfulPrivileges({ customApis }: Comparison): readonly string[] {
  return [
    // Without a message of its name there is no custom API either.
    ...(customApis.some(({ isNameTaken }) => isNameTaken) ? ['prvReadCustomAPI'] : []),
    ...(customApis.some(lacksParameters) ? ['prvReadCustomAPIRequestParameter'] : []),
  ];
}

function lacksParameters({ standing }: CustomApiComparison): boolean {
  return standing?.parameters.some(({ deployed }) => deployed === null) ?? false;
}
