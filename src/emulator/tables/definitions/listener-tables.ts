import type { TableDefinition } from '../table-definition.js';
import { choice, flag, guid, instant, key, READ_ONLY, REQUIRED, text, whole } from './column-words.js';
import { AUDIT_COLUMNS, auditLookups, ownerLookups } from './standard-columns.js';

/**
 * System jobs, and the registrations of flows that listen. Source: reference/entities/asyncoperation.md,
 * callbackregistration.md
 */
export const LISTENER_TABLES: readonly TableDefinition[] = [
  {
    logicalName: 'asyncoperation',
    schemaName: 'AsyncOperation',
    setName: 'asyncoperations',
    primaryKey: 'asyncoperationid',
    primaryName: 'name',
    isVolatile: true,
    // Creating system jobs by code is not supported.
    writable: { create: false, update: true, delete: true },
    columns: [
      key('asyncoperationid'),
      text('name', 256, READ_ONLY),
      whole('operationtype', { default: 1, ...READ_ONLY }),
      choice('statecode', [0, 1, 2, 3], { default: 0 }),
      choice('statuscode', [0, 10, 20, 21, 22, 30, 31, 32], { default: 0 }),
      text('messagename', 160, READ_ONLY),
      // What the job works on: for the platform alone.
      text('data', 1_073_741_823, { readable: false, ...READ_ONLY }),
      text('message', 100_000, READ_ONLY),
      text('friendlymessage', 100_000, READ_ONLY),
      whole('errorcode', READ_ONLY),
      whole('retrycount', { default: 0, ...READ_ONLY }),
      whole('depth', { default: 1, ...READ_ONLY }),
      text('primaryentitytype', 64, READ_ONLY),
      guid('correlationid', READ_ONLY),
      guid('requestid', READ_ONLY),
      instant('startedon', READ_ONLY),
      instant('completedon', READ_ONLY),
      instant('postponeuntil'),
      ...AUDIT_COLUMNS,
    ],
    lookups: [
      {
        column: 'owningextensionid',
        navigation: 'owningextensionid',
        target: 'sdkmessageprocessingstep',
        collection: 'SdkMessageProcessingStep_AsyncOperations',
        ...READ_ONLY,
        onDelete: 'cascade',
      },
      ...ownerLookups('asyncoperation'),
      ...auditLookups('asyncoperation'),
    ],
  },
  {
    logicalName: 'callbackregistration',
    schemaName: 'CallbackRegistration',
    setName: 'callbackregistrations',
    primaryKey: 'callbackregistrationid',
    primaryName: 'name',
    columns: [
      key('callbackregistrationid'),
      text('name', 256, REQUIRED),
      text('entityname', 255, REQUIRED),
      text('sdkmessagename', 256),
      choice('message', [1, 2, 3, 4, 5, 6, 7], REQUIRED),
      choice('scope', [1, 2, 3, 4], REQUIRED),
      choice('version', [1, 2, 3], { default: 1 }),
      choice('runas', [1, 2, 3], { default: 3 }),
      text('url', 2000, { readable: false }),
      text('filterexpression', 100_000),
      text('filteringattributes', 100_000),
      text('postponeuntil', 100_000),
      text('logicappsversion', 100),
      flag('harddelete'),
      whole('softdeletestatus', { default: 0 }),
      text('runtimeintegrationproperties', 512),
      ...AUDIT_COLUMNS,
    ],
    lookups: [...ownerLookups('callbackregistration'), ...auditLookups('callbackregistration')],
  },
];
