import type { TableClient } from '../tables/table-client.js';
import { textOf } from '../tables/table-row.js';
import { reaches } from './privilege-depth.js';
import { readUserPrivileges } from './read-privileges.js';

/**
 * Those of these privileges that do not reach the rows of the whole organization: the user sees only part of their
 * tables, without an error. Rejects as `TableClient` does.
 */
export async function narrowPrivileges(tables: TableClient, privileges: readonly string[]): Promise<readonly string[]> {
  const userId = textOf(await tables.callFunction('WhoAmI'), 'UserId') ?? '';
  const held = await readUserPrivileges(tables, userId);
  const isWide = (privilege: string) =>
    held.some(({ name, depth }) => name.toLowerCase() === privilege.toLowerCase() && reaches(depth, 'Global'));
  return privileges.filter((privilege) => !isWide(privilege));
}
