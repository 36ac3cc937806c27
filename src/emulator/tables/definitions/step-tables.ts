import type { LookupDefinition, TableDefinition } from '../table-definition.js';
import { choice, customizable, flag, key, READ_ONLY, REQUIRED, text, whole } from './column-words.js';
import {
  AUDIT_COLUMNS,
  auditLookups,
  COMPONENT_COLUMNS,
  organizationLookup,
  STATE_COLUMNS,
} from './standard-columns.js';

/** Steps and their images. Source: reference/entities/sdkmessageprocessingstep.md, sdkmessageprocessingstepimage.md */
export const STEP_TABLES: readonly TableDefinition[] = [
  {
    logicalName: 'sdkmessageprocessingstep',
    schemaName: 'SdkMessageProcessingStep',
    setName: 'sdkmessageprocessingsteps',
    primaryKey: 'sdkmessageprocessingstepid',
    primaryName: 'name',
    componentType: 92,
    columns: [
      key('sdkmessageprocessingstepid'),
      text('name', 256, REQUIRED),
      text('description', 256),
      choice('stage', [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 80, 90], { default: 10 }),
      choice('mode', [0, 1], { default: 0 }),
      whole('rank', { default: 1 }),
      choice('supporteddeployment', [0, 1, 2], { default: 0 }),
      choice('invocationsource', [-1, 0, 1], { default: 0 }),
      flag('asyncautodelete'),
      text('filteringattributes', 100_000),
      text('configuration', 1_073_741_823),
      flag('canusereadonlyconnection'),
      choice('canbebypassed', [0, 1], { default: 1 }),
      { name: 'ishidden', type: 'managed-property', default: false },
      text('eventexpander', 100_000),
      text('category', 100),
      text('introducedversion', 48, { onUpdate: false }),
      whole('customizationlevel', READ_ONLY),
      customizable(),
      ...STATE_COLUMNS,
      ...COMPONENT_COLUMNS,
      ...AUDIT_COLUMNS,
    ],
    lookups: [
      restricted('sdkmessageid', 'sdkmessage', 'sdkmessageid_sdkmessageprocessingstep', true),
      restricted('sdkmessagefilterid', 'sdkmessagefilter', 'sdkmessagefilterid_sdkmessageprocessingstep'),
      handler('eventhandler_serviceendpoint', 'serviceendpoint', 'serviceendpoint_sdkmessageprocessingstep'),
      handler('eventhandler_plugintype', 'plugintype', 'plugintype_sdkmessageprocessingstep'),
      restricted('plugintypeid', 'plugintype', 'plugintypeid_sdkmessageprocessingstep'),
      {
        column: 'impersonatinguserid',
        navigation: 'impersonatinguserid',
        target: 'systemuser',
        collection: 'impersonatinguserid_sdkmessageprocessingstep',
        onDelete: 'remove-link',
      },
      organizationLookup('sdkmessageprocessingstep'),
      ...auditLookups('sdkmessageprocessingstep'),
    ],
  },
  {
    logicalName: 'sdkmessageprocessingstepimage',
    schemaName: 'SdkMessageProcessingStepImage',
    setName: 'sdkmessageprocessingstepimages',
    primaryKey: 'sdkmessageprocessingstepimageid',
    primaryName: 'name',
    componentType: 93,
    columns: [
      key('sdkmessageprocessingstepimageid'),
      text('name', 256),
      text('entityalias', 256, REQUIRED),
      choice('imagetype', [0, 1, 2], REQUIRED),
      text('messagepropertyname', 256, REQUIRED),
      text('attributes', 100_000),
      text('description', 256),
      text('relatedattributename', 256),
      customizable(),
      ...COMPONENT_COLUMNS,
      ...AUDIT_COLUMNS,
    ],
    lookups: [
      {
        column: 'sdkmessageprocessingstepid',
        navigation: 'sdkmessageprocessingstepid',
        target: 'sdkmessageprocessingstep',
        collection: 'sdkmessageprocessingstepid_sdkmessageprocessingstepimage',
        required: true,
        onDelete: 'cascade',
      },
      organizationLookup('sdkmessageprocessingstepimage'),
      ...auditLookups('sdkmessageprocessingstepimage'),
    ],
  },
];

function restricted(column: string, target: string, collection: string, required = false): LookupDefinition {
  return { column, navigation: column, target, collection, required, onDelete: 'restrict' };
}

function handler(navigation: string, target: string, collection: string): LookupDefinition {
  return { column: 'eventhandler', navigation, target, collection, required: true, onDelete: 'cascade' };
}
