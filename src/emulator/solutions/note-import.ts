import { randomUUID } from 'node:crypto';
import type { Tables } from '../tables/tables.js';
import type { SolutionImport } from './import-solution.js';

/** Writes the row that later tells of an import, whether it succeeded or not. */
export function noteImportJob(
  tables: Tables,
  imported: SolutionImport,
  { importJobId, now }: { readonly importJobId: string; readonly now: string },
): void {
  tables.putRow('importjob', {
    importjobid: importJobId.toLowerCase(),
    name: 'Customizations',
    solutionname: imported.kind === 'done' ? imported.manifest.uniqueName : null,
    progress: imported.kind === 'done' ? 100 : 0,
    startedon: now,
    completedon: now,
  });
}

/** `operationtype` of a job that imports a solution: "Import Solution Async Operation". */
const IMPORT_SOLUTION_JOB = 203;

/** Writes the completed system job of an asynchronous import. Returns its id. */
export function noteSystemJob(tables: Tables, imported: SolutionImport, now: string): string {
  const asyncoperationid = randomUUID();
  const failure =
    imported.kind === 'done'
      ? { statuscode: 30, errorcode: 0, message: null, friendlymessage: null }
      : {
          statuscode: 31,
          // Rows hold the code as the signed number that the Web API writes in hexadecimal.
          errorcode: Number.parseInt(imported.code, 16) - 2 ** 32,
          message: imported.message,
          friendlymessage: imported.message,
        };
  tables.putRow('asyncoperation', {
    asyncoperationid,
    name: 'Import Solution',
    operationtype: IMPORT_SOLUTION_JOB,
    statecode: 3,
    startedon: now,
    completedon: now,
    ...failure,
  });
  return asyncoperationid;
}
