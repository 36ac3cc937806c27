import type { ColumnDefinition, LookupDefinition, TableDefinition } from '../table-definition.js';
import {
  choice,
  customizable,
  FIXED,
  flag,
  guid,
  key,
  NEVER,
  READ_ONLY,
  REQUIRED,
  text,
  whole,
} from './column-words.js';
import { AUDIT_COLUMNS, auditLookups, COMPONENT_COLUMNS, organizationLookup } from './standard-columns.js';

/** Who may do what: the organization, its business units, users, roles and privileges. Source: reference/entities/*.md */
export const SECURITY_TABLES: readonly TableDefinition[] = [
  {
    logicalName: 'organization',
    schemaName: 'Organization',
    setName: 'organizations',
    primaryKey: 'organizationid',
    primaryName: 'name',
    writable: { create: false, update: true, delete: false },
    columns: [
      key('organizationid'),
      text('name', 160),
      text('friendlyname', 160),
      whole('languagecode', { default: 1033 }),
      flag('isdisabled', false, READ_ONLY),
      ...AUDIT_COLUMNS,
    ],
    lookups: [],
  },
  {
    logicalName: 'businessunit',
    schemaName: 'BusinessUnit',
    setName: 'businessunits',
    primaryKey: 'businessunitid',
    primaryName: 'name',
    columns: [key('businessunitid'), text('name', 160, REQUIRED), flag('isdisabled'), ...AUDIT_COLUMNS],
    lookups: [
      restricted('parentbusinessunitid', 'businessunit', 'business_unit_parent_business_unit'),
      organizationLookup('business_units'),
      ...auditLookups('businessunitbase'),
    ],
  },
  {
    logicalName: 'systemuser',
    schemaName: 'SystemUser',
    privilegeName: 'User',
    setName: 'systemusers',
    primaryKey: 'systemuserid',
    primaryName: 'fullname',
    alternateKeys: [['applicationid']],
    columns: [
      key('systemuserid'),
      text('firstname', 256),
      text('lastname', 256),
      text('fullname', 200, READ_ONLY),
      text('domainname', 1024),
      text('internalemailaddress', 100),
      guid('applicationid', FIXED),
      text('applicationiduri', 1024, READ_ONLY),
      guid('azureactivedirectoryobjectid'),
      flag('isdisabled', false, { onCreate: false }),
      choice('accessmode', [0, 1, 2, 3, 4, 5], { default: 0 }),
      flag('islicensed', false, READ_ONLY),
      ...AUDIT_COLUMNS,
    ],
    lookups: [
      restricted('businessunitid', 'businessunit', 'business_unit_system_users'),
      organizationLookup('system_users'),
      ...auditLookups('systemuserbase'),
    ],
  },
  {
    logicalName: 'role',
    schemaName: 'Role',
    setName: 'roles',
    primaryKey: 'roleid',
    primaryName: 'name',
    alternateKeys: [['businessunitid', 'name']],
    componentType: 20,
    columns: [
      key('roleid'),
      text('name', 100, REQUIRED),
      text('description', 2000),
      choice('isinherited', [0, 1], { default: 1 }),
      guid('roletemplateid', READ_ONLY),
      customizable(),
      ...COMPONENT_COLUMNS,
      ...AUDIT_COLUMNS,
    ],
    lookups: [
      restricted('businessunitid', 'businessunit', 'business_unit_roles'),
      organizationLookup('roles'),
      ...auditLookups('rolebase'),
    ],
  },
  {
    logicalName: 'privilege',
    schemaName: 'Privilege',
    setName: 'privileges',
    primaryKey: 'privilegeid',
    primaryName: 'name',
    alternateKeys: [['name']],
    writable: NEVER,
    columns: [
      key('privilegeid'),
      text('name', 100),
      whole('accessright'),
      flag('canbebasic', true),
      flag('canbelocal', true),
      flag('canbedeep', true),
      flag('canbeglobal', true),
      ...AUDIT_COLUMNS,
    ],
    lookups: [],
  },
  intersect({
    logicalName: 'systemuserroles',
    schemaName: 'SystemUserRoles',
    setName: 'systemuserrolescollection',
    primaryKey: 'systemuserroleid',
    lookups: [member('systemuserid', 'systemuser', 'systemuserroles'), member('roleid', 'role', 'systemuserroles')],
  }),
  intersect(
    {
      logicalName: 'roleprivileges',
      schemaName: 'RolePrivileges',
      setName: 'roleprivilegescollection',
      primaryKey: 'roleprivilegeid',
      lookups: [member('roleid', 'role', 'roleprivileges'), member('privilegeid', 'privilege', 'roleprivileges')],
    },
    [choice('privilegedepthmask', [1, 2, 4, 8], { default: 8 })],
  ),
];

function restricted(column: string, target: string, collection: string): LookupDefinition {
  return { column, navigation: column, target, collection, onDelete: 'restrict' };
}

/** `collection` is only used inside of the emulator: of intersect tables Dataverse shows only the association. */
function member(column: string, target: string, table: string): LookupDefinition {
  return {
    column,
    navigation: column,
    target,
    collection: `${table}_${column}`,
    required: true,
    onUpdate: false,
    onDelete: 'cascade',
  };
}

function intersect(
  table: Pick<TableDefinition, 'logicalName' | 'schemaName' | 'setName' | 'primaryKey' | 'lookups'>,
  more: readonly ColumnDefinition[] = [],
): TableDefinition {
  const columns = [key(table.primaryKey), ...more, { name: 'versionnumber', type: 'bigint', ...READ_ONLY } as const];
  return { ...table, primaryName: table.primaryKey, columns, writable: NEVER };
}
