import type { Comparison, CustomApiComparison } from '../compare/compare.js';

/**
 * The privileges to read those tables of which something was not found that is wished and may only be hidden: rows of custom
 * APIs and parameters have owners. Catalogs, assignments and messages are the organization's, seen by all or refused.
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
