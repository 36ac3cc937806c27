import type { ColumnDefinition, LookupDefinition, TableDefinition } from '../table-definition.js';
import { choice, customizable, FIXED, flag, guid, key, READ_ONLY, REQUIRED, text } from './column-words.js';
import { AUDIT_COLUMNS, auditLookups, COMPONENT_COLUMNS, ownerLookups, STATE_COLUMNS } from './standard-columns.js';

const TYPES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** Custom APIs with their request parameters and response properties. Source: reference/entities/customapi*.md */
export const CUSTOM_API_TABLES: readonly TableDefinition[] = [
  {
    logicalName: 'customapi',
    schemaName: 'CustomAPI',
    setName: 'customapis',
    primaryKey: 'customapiid',
    primaryName: 'name',
    alternateKeys: [['uniquename']],
    componentType: 10546,
    columns: [
      key('customapiid'),
      text('uniquename', 128, { ...REQUIRED, ...FIXED }),
      ...texts(),
      choice('bindingtype', [0, 1, 2], { default: 0, ...FIXED }),
      text('boundentitylogicalname', 100, FIXED),
      flag('isfunction', false, FIXED),
      flag('isprivate'),
      choice('allowedcustomprocessingsteptype', [0, 1, 2], { default: 0, ...FIXED }),
      flag('workflowsdkstepenabled', false, FIXED),
      text('executeprivilegename', 100),
      customizable(),
      guid('componentidunique', READ_ONLY),
      ...STATE_COLUMNS,
      ...COMPONENT_COLUMNS,
      ...AUDIT_COLUMNS,
    ],
    lookups: [
      lookup('plugintypeid', 'PluginTypeId', 'plugintype', 'CustomAPIId'),
      { ...lookup('sdkmessageid', 'SdkMessageId', 'sdkmessage', 'CustomAPIId'), ...READ_ONLY },
      ...ownerLookups('customapi'),
      ...auditLookups('customapi'),
    ],
  },
  {
    logicalName: 'customapirequestparameter',
    schemaName: 'CustomAPIRequestParameter',
    setName: 'customapirequestparameters',
    primaryKey: 'customapirequestparameterid',
    primaryName: 'name',
    alternateKeys: [['customapiid', 'uniquename']],
    componentType: 10547,
    columns: [
      ...partColumns('customapirequestparameterid'),
      flag('isoptional', false, FIXED),
      ...COMPONENT_COLUMNS,
      ...AUDIT_COLUMNS,
    ],
    lookups: partLookups('customapirequestparameter', 'CustomAPIRequestParameters'),
  },
  {
    logicalName: 'customapiresponseproperty',
    schemaName: 'CustomAPIResponseProperty',
    setName: 'customapiresponseproperties',
    primaryKey: 'customapiresponsepropertyid',
    primaryName: 'name',
    alternateKeys: [['customapiid', 'uniquename']],
    componentType: 10548,
    columns: [...partColumns('customapiresponsepropertyid'), ...COMPONENT_COLUMNS, ...AUDIT_COLUMNS],
    lookups: partLookups('customapiresponseproperty', 'CustomAPIResponseProperties'),
  },
];

function texts(): readonly ColumnDefinition[] {
  return [text('name', 100, REQUIRED), text('displayname', 100, REQUIRED), text('description', 300, REQUIRED)];
}

function partColumns(primaryKey: string): readonly ColumnDefinition[] {
  return [
    key(primaryKey),
    text('uniquename', 128, { ...REQUIRED, ...FIXED }),
    ...texts(),
    choice('type', TYPES, { ...REQUIRED, ...FIXED }),
    text('logicalentityname', 100, FIXED),
    customizable(),
    guid('componentidunique', READ_ONLY),
    ...STATE_COLUMNS,
  ];
}

function partLookups(table: string, collection: string): readonly LookupDefinition[] {
  return [
    {
      column: 'customapiid',
      navigation: 'CustomAPIId',
      target: 'customapi',
      collection,
      required: true,
      deepInsert: true,
      onUpdate: false,
      onDelete: 'cascade',
    },
    ...ownerLookups(table),
    ...auditLookups(table),
  ];
}

function lookup(column: string, navigation: string, target: string, collection: string): LookupDefinition {
  return { column, navigation, target, collection, onDelete: 'remove-link' };
}
