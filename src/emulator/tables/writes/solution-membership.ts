import { randomUUID } from 'node:crypto';
import { sameCell } from '../same-cell.js';
import { DEFAULT_SOLUTION_ID } from '../seeds/well-known-ids.js';
import type { Row, TableDefinition } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import { invalid } from './refusals.js';
import type { WriteScope } from './write-scope.js';

/** The tables whose unique names carry the publisher's prefix. */
const PREFIXED: readonly string[] = ['customapi', 'catalog'];

/** What is wrong with the solution that a write goes to, or with the prefix of what it creates; null where nothing is. */
export function refuseSolution(scope: WriteScope, table: TableDefinition, row: Row | null): Refusal | null {
  const { solution } = scope.how;
  const container = solution === null ? null : solutionNamed(scope, solution);
  if (solution !== null && container === null) {
    return invalid(`The solution with unique name '${solution}' was not found.`);
  }
  if (container?.ismanaged === true && scope.how.managed !== true) {
    return {
      status: 400,
      code: '0x8004f024',
      message: `Cannot update solution '${solution}' because it is a managed solution.`,
    };
  }
  return row === null || !PREFIXED.includes(table.logicalName) ? null : refusePrefix(scope, { table, row, container });
}

/** Notes that a row is part of the default solution, and of the one that the write names. */
export function joinSolution(scope: WriteScope, table: TableDefinition, id: string): void {
  if (table.componentType === undefined) return;
  const { solution } = scope.how;
  const named = solution === null ? null : (solutionNamed(scope, solution)?.solutionid ?? null);
  addComponent(scope, { solutionId: DEFAULT_SOLUTION_ID, objectId: id, componentType: table.componentType });
  if (named !== null) addComponent(scope, { solutionId: `${named}`, objectId: id, componentType: table.componentType });
}

/** A row that is deleted is no longer part of any solution. */
export function leaveSolutions({ schema, rows }: WriteScope, id: string): void {
  const table = schema.get('solutioncomponent');
  for (const component of rows.of('solutioncomponent')) {
    if (component.objectid === id) rows.remove(table, `${component[table.primaryKey]}`);
  }
}

/** Adds a component to a solution unless it is in it. */
function addComponent(
  { schema, rows, now, how }: WriteScope,
  added: { readonly solutionId: string; readonly objectId: string; readonly componentType: number },
): void {
  const { solutionId, objectId, componentType } = added;
  const known = rows.of('solutioncomponent').some((row) => row.objectid === objectId && row.solutionid === solutionId);
  if (known) return;
  rows.store(schema.get('solutioncomponent'), {
    solutioncomponentid: randomUUID(),
    solutionid: solutionId,
    objectid: objectId,
    componenttype: componentType,
    rootcomponentbehavior: 0,
    ismetadata: false,
    createdon: now,
    modifiedon: now,
    createdby: how.userId,
    modifiedby: how.userId,
  });
}

function solutionNamed({ rows }: WriteScope, name: string): Row | null {
  return rows.of('solution').find(({ uniquename }) => sameCell(uniquename, name)) ?? null;
}

/** ExportKeyAttributeInvalidPrefix: that of the solution's publisher, or in the default solution that of any. */
function refusePrefix(
  { rows }: WriteScope,
  judged: { readonly table: TableDefinition; readonly row: Row; readonly container: Row | null },
): Refusal | null {
  const { table, row, container } = judged;
  const publishers = rows
    .of('publisher')
    .filter(({ publisherid }) => container === null || publisherid === container.publisherid);
  const name = `${row.uniquename}`;
  if (publishers.some(({ customizationprefix }) => name.startsWith(`${customizationprefix}_`))) return null;
  const said =
    container === null
      ? ''
      : ` The prefix for solution ${container.uniquename} is ${publishers[0]?.customizationprefix}.`;
  return {
    status: 400,
    code: '0x800608ad',
    message: `Export key attribute uniquename for component ${table.schemaName} must start with a valid customization prefix.${said}`,
  };
}
