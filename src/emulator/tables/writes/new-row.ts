import { randomUUID } from 'node:crypto';
import { ACTIVE_SOLUTION_ID, ORGANIZATION_ID, ROOT_BUSINESS_UNIT_ID } from '../seeds/well-known-ids.js';
import type { Cell, Row, TableDefinition } from '../table-definition.js';

/** Who created it and when. */
interface Origin {
  readonly now: string;
  readonly userId: string | null;
}

/** A complete row: what was given, the defaults, and what the platform fills in. */
export function newRow(table: TableDefinition, cells: Readonly<Record<string, Cell>>, { now, userId }: Origin): Row {
  const platform: Readonly<Record<string, Cell>> = {
    createdon: now,
    modifiedon: now,
    createdby: userId,
    modifiedby: userId,
    ownerid: userId,
    owningbusinessunit: ROOT_BUSINESS_UNIT_ID,
    organizationid: ORGANIZATION_ID,
    solutionid: ACTIVE_SOLUTION_ID,
    componentidunique: randomUUID(),
    [table.primaryKey]: randomUUID(),
  };
  const row: Record<string, Cell> = {};
  for (const { name, default: byDefault } of table.columns) row[name] = platform[name] ?? byDefault ?? null;
  for (const { column } of table.lookups) row[column] = platform[column] ?? null;
  return { ...row, ...withoutNullKey(table, cells) };
}

/** A null for the primary key is as good as none. */
function withoutNullKey(table: TableDefinition, cells: Readonly<Record<string, Cell>>): Readonly<Record<string, Cell>> {
  if (cells[table.primaryKey] !== null) return cells;
  return Object.fromEntries(Object.entries(cells).filter(([column]) => column !== table.primaryKey));
}
