import type { Cell, ColumnDefinition, TableDefinition } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import { cannotConvert, outOfRange, tooLong } from './refusals.js';

/** A value of a body, as a row keeps it. */
export type ReadCell =
  | { readonly kind: 'cell'; readonly cell: Cell }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;
const MAX_INT32 = 2 ** 31 - 1;

/** Reads a value according to its column's type. An empty text is stored as null, as Dataverse does. */
export function readCell(table: TableDefinition, column: ColumnDefinition, value: unknown): ReadCell {
  if (value === null) return { kind: 'cell', cell: null };
  switch (column.type) {
    case 'string':
      return readText(table, column, value);
    case 'integer':
      return readInteger(table, column, value);
    case 'picklist':
      return readChoice(table, column, value);
    case 'bigint':
    case 'decimal':
      return typeof value === 'number' ? cell(value) : refused(cannotConvert(table, value, 'Edm.Decimal'));
    case 'boolean':
      return typeof value === 'boolean' ? cell(value) : refused(cannotConvert(table, value, 'Edm.Boolean'));
    case 'guid':
      return typeof value === 'string' && GUID.test(value)
        ? cell(value.toLowerCase())
        : refused(cannotConvert(table, value, 'Edm.Guid'));
    case 'instant':
      return readInstant(table, value);
    case 'managed-property':
      return readManagedProperty(table, value);
  }
}

/** Whether a text is a GUID without braces, the only form the Web API takes. */
export function isGuid(value: string): boolean {
  return GUID.test(value);
}

function readText(
  table: TableDefinition,
  { name, maxLength = Number.POSITIVE_INFINITY }: ColumnDefinition,
  value: unknown,
): ReadCell {
  if (typeof value !== 'string') return refused(cannotConvert(table, value, 'Edm.String'));
  if (value.length > maxLength) return refused(tooLong(table, name, maxLength));
  return cell(value === '' ? null : value);
}

function readInteger(table: TableDefinition, { name }: ColumnDefinition, value: unknown): ReadCell {
  if (!Number.isInteger(value)) return refused(cannotConvert(table, value, 'Edm.Int32'));
  const number = Number(value);
  return number > MAX_INT32 || number < -MAX_INT32 - 1 ? refused(outOfRange(table, name, value)) : cell(number);
}

function readChoice(table: TableDefinition, { name, options = [] }: ColumnDefinition, value: unknown): ReadCell {
  if (!Number.isInteger(value)) return refused(cannotConvert(table, value, 'Edm.Int32'));
  return options.includes(Number(value)) ? cell(Number(value)) : refused(outOfRange(table, name, value));
}

function readInstant(table: TableDefinition, value: unknown): ReadCell {
  const instant = typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(instant)) return refused(cannotConvert(table, value, 'Edm.DateTimeOffset'));
  return cell(`${new Date(instant).toISOString().slice(0, 19)}Z`);
}

function readManagedProperty(table: TableDefinition, value: unknown): ReadCell {
  const given = typeof value === 'object' && value !== null && 'Value' in value ? value.Value : undefined;
  return typeof given === 'boolean'
    ? cell(given)
    : refused(cannotConvert(table, value, 'Microsoft.Dynamics.CRM.BooleanManagedProperty'));
}

function cell(value: Cell): ReadCell {
  return { kind: 'cell', cell: value };
}

function refused(refusal: Refusal): ReadCell {
  return { kind: 'refused', refusal };
}
