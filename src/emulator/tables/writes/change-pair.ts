import { randomUUID } from 'node:crypto';
import type { RowReference } from '../row-reference.js';
import { rulesOf } from '../rules/rules-of.js';
import type { Cell, Row, TableDefinition } from '../table-definition.js';
import { type Refusal, refused, type WriteResult } from '../write-result.js';
import { invalid, notFound, unknownNavigation } from './refusals.js';
import type { WriteScope } from './write-scope.js';

/** A pair of a many-to-many relationship. The ends may be in any order. */
export interface Pair {
  readonly navigation: string;
  readonly ends: readonly [RowReference, RowReference];
  /** Columns of the pair itself, such as the depth of a privilege. */
  readonly cells?: Readonly<Record<string, Cell>>;
}

/** A pair, and whether it should exist. */
type PairChange = Pair & { readonly wanted: boolean };

/** Adds or removes a pair; adding an existing one succeeds. */
export function changePair(scope: WriteScope, change: PairChange): WriteResult {
  const { schema, rows } = scope;
  const [[first, firstId], [second, secondId]] = change.ends;
  const association = schema.associations.find(
    ({ navigation, ends }) => navigation === change.navigation && ends.some(({ table }) => table === first),
  );
  if (association === undefined) return refused(unknownNavigation(schema.get(first), change.navigation));
  const columns: Record<string, string> = {};
  for (const { table, column } of association.ends) {
    const id = table === first ? firstId : table === second ? secondId : '';
    if (rows.find(table, id) === null) return refused(notFound(schema.get(table), id));
    columns[column] = id.toLowerCase();
  }
  const refusal = refusePair(scope, columns, change);
  if (refusal !== null) return refused(refusal);
  const intersect = schema.get(association.intersect);
  const known = rows
    .of(intersect.logicalName)
    .find((row) => Object.entries(columns).every(([column, id]) => row[column] === id));
  if (!change.wanted) return removePair(scope, intersect, known);
  const id = `${known?.[intersect.primaryKey] ?? randomUUID()}`;
  rows.store(intersect, { ...known, ...columns, ...change.cells, [intersect.primaryKey]: id });
  return { kind: 'done', id };
}

function removePair({ rows }: WriteScope, intersect: TableDefinition, known: Row | undefined): WriteResult {
  if (known === undefined) return refused(invalid('The association to be removed does not exist.'));
  const id = `${known[intersect.primaryKey]}`;
  rows.remove(intersect, id);
  return { kind: 'done', id };
}

function refusePair(scope: WriteScope, columns: Readonly<Record<string, string>>, change: PairChange): Refusal | null {
  return refuseRoleElsewhere(scope, columns, change) ?? refuseKeptRole(scope, columns);
}

/** A user can have the roles of its own business unit only. */
function refuseRoleElsewhere(
  { rows }: WriteScope,
  columns: Readonly<Record<string, string>>,
  { wanted }: PairChange,
): Refusal | null {
  const { systemuserid, roleid } = columns;
  if (systemuserid === undefined || roleid === undefined || !wanted) return null;
  const [user, role] = [rows.find('systemuser', systemuserid), rows.find('role', roleid)];
  return user?.businessunitid === role?.businessunitid
    ? null
    : invalid('The user and the role are not in the same business unit.');
}

/** The privileges of a role are part of it. */
function refuseKeptRole(scope: WriteScope, { roleid, privilegeid }: Readonly<Record<string, string>>): Refusal | null {
  const role = roleid === undefined || privilegeid === undefined ? null : scope.rows.find('role', roleid);
  return role === null ? null : (rulesOf('role').refuse?.(scope, role, role) ?? null);
}
