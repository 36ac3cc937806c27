import type { ColumnDefinition } from '../tables/table-definition.js';

/** The Edm type of a column, as `$metadata` names it. */
export const COLUMN_TYPES: Readonly<Record<ColumnDefinition['type'], string>> = {
  string: 'Edm.String',
  integer: 'Edm.Int32',
  bigint: 'Edm.Int64',
  decimal: 'Edm.Decimal',
  boolean: 'Edm.Boolean',
  picklist: 'Edm.Int32',
  guid: 'Edm.Guid',
  instant: 'Edm.DateTimeOffset',
  'managed-property': 'mscrm.BooleanManagedProperty',
};

/** By the `type` of a custom API's parameter; a table takes the place of `{}`, and without one it is the open type. */
const PARAMETER_TYPES: readonly string[] = [
  'Edm.Boolean',
  'Edm.DateTimeOffset',
  'Edm.Decimal',
  'mscrm.{expando}',
  'Collection(mscrm.{expando})',
  'mscrm.{crmbaseentity}',
  'Edm.Double',
  'Edm.Int32',
  'Edm.Decimal',
  'Edm.Int32',
  'Edm.String',
  'Collection(Edm.String)',
  'Edm.Guid',
];

/** The Edm type of a request parameter or response property. */
export function parameterType(type: unknown, logicalEntityName: unknown): string {
  const name = PARAMETER_TYPES[Number(type)] ?? 'Edm.String';
  return name.replace(/\{(\w+)\}/, (_whole, open: string) => String(logicalEntityName ?? open));
}
