import type { ColumnDefinition } from '../tables/table-definition.js';
import type { ValueType } from './compare-cells.js';

const BY_COLUMN: Readonly<Record<ColumnDefinition['type'], ValueType>> = {
  string: 'string',
  integer: 'number',
  bigint: 'number',
  decimal: 'number',
  picklist: 'number',
  boolean: 'boolean',
  'managed-property': 'boolean',
  guid: 'guid',
  instant: 'instant',
};

export function valueTypeOf({ type }: ColumnDefinition): ValueType {
  return BY_COLUMN[type];
}

/** Names as OData's error messages have them. */
export const EDM_NAMES: Readonly<Record<ValueType, string>> = {
  string: 'Edm.String',
  number: 'Edm.Int32',
  boolean: 'Edm.Boolean',
  guid: 'Edm.Guid',
  instant: 'Edm.DateTimeOffset',
};
