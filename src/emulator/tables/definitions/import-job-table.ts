import type { TableDefinition } from '../table-definition.js';
import { guid, instant, key, READ_ONLY, text } from './column-words.js';
import { AUDIT_COLUMNS, auditLookups, organizationLookup } from './standard-columns.js';

/**
 * The results of imports of solutions. Only imports write here; Dataverse would let clients write too. Source:
 * reference/entities/importjob.md
 */
export const IMPORT_JOB_TABLE: TableDefinition = {
  logicalName: 'importjob',
  schemaName: 'ImportJob',
  setName: 'importjobs',
  primaryKey: 'importjobid',
  primaryName: 'name',
  writable: { create: false, update: false, delete: true },
  columns: [
    key('importjobid'),
    text('name', 256, READ_ONLY),
    text('solutionname', 256, READ_ONLY),
    { name: 'progress', type: 'decimal', ...READ_ONLY },
    text('data', 1_073_741_823, READ_ONLY),
    guid('solutionid', READ_ONLY),
    instant('startedon', READ_ONLY),
    instant('completedon', READ_ONLY),
    ...AUDIT_COLUMNS,
  ],
  lookups: [organizationLookup('importjob'), ...auditLookups('importjob')],
};
