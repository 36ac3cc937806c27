import type { TableDefinition } from '../table-definition.js';
import { choice, flag, guid, instant, key, NEVER, READ_ONLY, REQUIRED, text, whole } from './column-words.js';
import { AUDIT_COLUMNS, auditLookups, organizationLookup } from './standard-columns.js';

/** Publishers, solutions and what belongs to them. Source: reference/entities/publisher.md, solution.md, solutioncomponent.md */
export const SOLUTION_TABLES: readonly TableDefinition[] = [
  {
    logicalName: 'publisher',
    schemaName: 'Publisher',
    setName: 'publishers',
    primaryKey: 'publisherid',
    primaryName: 'friendlyname',
    alternateKeys: [['uniquename']],
    columns: [
      key('publisherid'),
      text('uniquename', 256, REQUIRED),
      text('friendlyname', 256, REQUIRED),
      text('customizationprefix', 8, REQUIRED),
      whole('customizationoptionvalueprefix', { default: 10_000 }),
      text('description', 2000),
      text('emailaddress', 100),
      text('supportingwebsiteurl', 200),
      flag('isreadonly', false, READ_ONLY),
      ...AUDIT_COLUMNS,
    ],
    lookups: [organizationLookup('publisher'), ...auditLookups('publisher')],
  },
  {
    logicalName: 'solution',
    schemaName: 'Solution',
    setName: 'solutions',
    primaryKey: 'solutionid',
    primaryName: 'friendlyname',
    columns: [
      key('solutionid'),
      text('uniquename', 65, { ...REQUIRED, onUpdate: false }),
      text('friendlyname', 256, REQUIRED),
      text('version', 256, REQUIRED),
      text('description', 2000),
      flag('ismanaged', false, READ_ONLY),
      flag('isvisible', true, READ_ONLY),
      flag('isapimanaged'),
      instant('installedon', READ_ONLY),
      instant('updatedon', READ_ONLY),
      text('solutionpackageversion', 256),
      ...AUDIT_COLUMNS,
    ],
    lookups: [
      {
        column: 'publisherid',
        navigation: 'publisherid',
        target: 'publisher',
        collection: 'publisher_solution',
        required: true,
        onDelete: 'restrict',
      },
      organizationLookup('solution'),
      ...auditLookups('solution'),
    ],
  },
  {
    logicalName: 'solutioncomponent',
    schemaName: 'SolutionComponent',
    setName: 'solutioncomponents',
    primaryKey: 'solutioncomponentid',
    primaryName: 'solutioncomponentid',
    writable: NEVER,
    columns: [
      key('solutioncomponentid'),
      whole('componenttype'),
      guid('objectid'),
      choice('rootcomponentbehavior', [0, 1, 2], { default: 0 }),
      flag('ismetadata', false),
      ...AUDIT_COLUMNS,
    ],
    lookups: [
      {
        column: 'solutionid',
        navigation: 'solutionid',
        target: 'solution',
        collection: 'solution_solutioncomponent',
        required: true,
        onDelete: 'cascade',
      },
      ...auditLookups('solutioncomponent'),
    ],
  },
];
