import type { ColumnDefinition, LookupDefinition } from '../table-definition.js';
import { choice, flag, guid, instant, READ_ONLY } from './column-words.js';

/** The columns that the platform fills in every row. */
export const AUDIT_COLUMNS: readonly ColumnDefinition[] = [
  instant('createdon', READ_ONLY),
  instant('modifiedon', READ_ONLY),
  { name: 'versionnumber', type: 'bigint', ...READ_ONLY },
];

/** The columns of rows that are part of solutions. */
export const COMPONENT_COLUMNS: readonly ColumnDefinition[] = [
  choice('componentstate', [0, 1, 2, 3], { default: 0, ...READ_ONLY }),
  flag('ismanaged', false, READ_ONLY),
  instant('overwritetime', { default: '1900-01-01T00:00:00Z', ...READ_ONLY }),
  guid('solutionid', READ_ONLY),
];

/** Active and inactive, with the one reason that each has. */
export const STATE_COLUMNS: readonly ColumnDefinition[] = [
  choice('statecode', [0, 1], { default: 0 }),
  choice('statuscode', [1, 2], { default: 1 }),
];

/** Who created and who last changed a row; Dataverse names the collections `lk_<table>_createdby`. */
export function auditLookups(table: string): readonly LookupDefinition[] {
  return ['createdby', 'modifiedby'].map((column) => ({
    ...systemSet(column, 'systemuser', `lk_${table}_${column}`),
  }));
}

/** Owner and business unit of a user-owned table. Teams do not exist here: owners are users. */
export function ownerLookups(table: string): readonly LookupDefinition[] {
  return [
    {
      column: 'ownerid',
      navigation: 'ownerid',
      target: 'systemuser',
      collection: `user_${table}`,
      onDelete: 'remove-link',
    },
    systemSet('owningbusinessunit', 'businessunit', `business_unit_${table}`),
  ];
}

/** The organization of an organization-owned table. */
export function organizationLookup(table: string): LookupDefinition {
  return systemSet('organizationid', 'organization', `organization_${table}`);
}

function systemSet(column: string, target: string, collection: string): LookupDefinition {
  return { column, navigation: column, target, collection, ...READ_ONLY, onDelete: 'remove-link' };
}
