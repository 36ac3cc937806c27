import type { TableSource } from '../../odata/table-source.js';
import type { TableDefinition } from '../../tables/table-definition.js';
import type { Privileges } from './caller.js';

/** An operation on a table. */
export type Deed = 'Create' | 'Read' | 'Write' | 'Delete';

/** `prvReadCustomAPI`. */
export function privilegeFor(deed: Deed, { privilegeName, schemaName }: TableDefinition): string {
  return `prv${deed}${privilegeName ?? schemaName}`;
}

/** The name of the privilege that a user lacks; null where it lacks none. */
export function missingPrivilege(needed: Iterable<string>, privileges: Privileges, source: TableSource): string | null {
  const missing = [...needed].filter((name) => !privileges.has(name));
  // A table without privileges of its own, such as an intersect table, is open to everybody.
  return missing.find((name) => source.rows('privilege').some((row) => row.name === name)) ?? null;
}
