import type { TableDefinition } from '../table-definition.js';
import { choice, customizable, flag, key, READ_ONLY, REQUIRED, text } from './column-words.js';
import { AUDIT_COLUMNS, auditLookups, COMPONENT_COLUMNS, organizationLookup } from './standard-columns.js';

const SECRET = { readable: false } as const;

/** Webhooks, Service Bus and Event Hub endpoints. Source: reference/entities/serviceendpoint.md */
export const SERVICE_ENDPOINT_TABLE: TableDefinition = {
  logicalName: 'serviceendpoint',
  schemaName: 'ServiceEndpoint',
  setName: 'serviceendpoints',
  primaryKey: 'serviceendpointid',
  primaryName: 'name',
  componentType: 95,
  columns: [
    key('serviceendpointid'),
    text('name', 256, REQUIRED),
    text('description', 2000),
    choice('contract', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], REQUIRED),
    choice('authtype', [1, 2, 3, 4, 5, 6, 7, 8]),
    text('url', 2000),
    text('path', 160),
    text('solutionnamespace', 160),
    text('namespaceaddress', 255),
    choice('namespaceformat', [1, 2]),
    choice('messageformat', [1, 2, 3]),
    choice('messagecharset', [0, 1], { default: 0 }),
    choice('userclaim', [1, 2, 3], { default: 1 }),
    choice('connectionmode', [1, 2], { default: 1 }),
    choice('schematype', [1, 2]),
    text('saskeyname', 256),
    text('saskey', 256, SECRET),
    text('sastoken', 256, SECRET),
    text('authvalue', 2048, SECRET),
    flag('issaskeyset', false, READ_ONLY),
    flag('issastokenset', false, READ_ONLY),
    flag('isauthvalueset', false, READ_ONLY),
    flag('usekeyvaultconfiguration'),
    text('runtimeintegrationproperties', 512),
    text('introducedversion', 48, { onUpdate: false }),
    customizable(),
    ...COMPONENT_COLUMNS,
    ...AUDIT_COLUMNS,
  ],
  lookups: [organizationLookup('serviceendpoint'), ...auditLookups('serviceendpoint')],
};
