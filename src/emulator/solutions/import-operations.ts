import { randomUUID } from 'node:crypto';
import { toRfc3339 } from '../../kernel/clock.js';
import type { Organization } from '../organization.js';
import type { Answer } from '../server/answer.js';
import { lacksPrivilege, missingParameter, payloadError, unknownParameter } from '../web-api/api-errors.js';
import { errorAnswer, jsonAnswer, NO_CONTENT } from '../web-api/odata-answer.js';
import type { PlatformCall, PlatformOperation } from '../web-api/platform/platform-operation.js';
import { serviceRootOf } from '../web-api/tables/table-request.js';
import { importSolution, type SolutionImport } from './import-solution.js';
import { noteImportJob, noteSystemJob } from './note-import.js';

/** Imports a package while the caller waits. */
export const IMPORT_SOLUTION: PlatformOperation = {
  name: 'ImportSolution',
  kind: 'action',
  boundTo: null,
  run: (call) => {
    const refusal = refuse(call, 'ImportSolution', ['CustomizationFile', 'ImportJobId', ...FLAGS]);
    if (refusal !== null) return refusal;
    const imported = carryOut(call, `${call.parameters.ImportJobId}`);
    return imported.kind === 'done' ? NO_CONTENT : errorAnswer(imported.status, imported.code, imported.message);
  },
};

/** Imports a package by a system job. The job is over when the answer comes; its row has the result. */
export const IMPORT_SOLUTION_ASYNC: PlatformOperation = {
  name: 'ImportSolutionAsync',
  kind: 'action',
  boundTo: null,
  run: (call) => {
    const refusal = refuse(call, 'ImportSolutionAsync', ['CustomizationFile', ...FLAGS]);
    if (refusal !== null) return refusal;
    const key = randomUUID();
    const imported = carryOut(call, key);
    return jsonAnswer({
      '@odata.context': `${serviceRootOf(call.work, call.operation)}/$metadata#Microsoft.Dynamics.CRM.ImportSolutionAsyncResponse`,
      AsyncOperationId: noteSystemJob(call.organization.tables, imported, nowOf(call.organization)),
      ImportJobKey: key,
    });
  },
};

const FLAGS = ['OverwriteUnmanagedCustomizations', 'PublishWorkflows'];

/** Accepted and without effect here: imported components have neither layers to merge nor ribbons. */
const OPTIONAL = [
  'ConvertToManaged',
  'SkipProductUpdateDependencies',
  'HoldingSolution',
  'SkipQueueRibbonJob',
  'LayerDesiredOrder',
  'AsyncRibbonProcessing',
  'ComponentParameters',
  'SolutionParameters',
  'IsTemplateMode',
];

/** The privilege is the one that the documentation lists for ImportSolution. */
function refuse(call: PlatformCall, name: string, required: readonly string[]): Answer | null {
  const { parameters, work, organization } = call;
  const { points, tables } = organization;
  if (!work.user.privileges.has(PRIVILEGE)) return lacksPrivilege(PRIVILEGE, work.user, tables);
  const unknown = Object.keys(parameters).find((given) => ![...required, ...OPTIONAL].includes(given));
  if (unknown !== undefined) return unknownParameter(points.unknownParameterCode, unknown, name);
  const missing = required.find((wanted) => (parameters[wanted] ?? null) === null);
  if (missing !== undefined) return missingParameter(points.missingParameterCode, missing, name);
  const wrong = required.find((given) => !TYPES[given]?.test(`${parameters[given]}`));
  return wrong === undefined ? null : payloadError(cannotConvert(wrong));
}

const PRIVILEGE = 'prvImportCustomization';

const FLAG = /^(?:true|false)$/;
const TYPES: Readonly<Record<string, RegExp>> = {
  CustomizationFile: /^[A-Za-z0-9+/\s]*(?:=\s*){0,2}$/,
  ImportJobId: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  OverwriteUnmanagedCustomizations: FLAG,
  PublishWorkflows: FLAG,
};

function cannotConvert(parameter: string): string {
  return `Microsoft.OData.ODataException: Cannot convert the value of the parameter '${parameter}' to its type.`;
}

function carryOut({ parameters, work, organization }: PlatformCall, importJobId: string): SolutionImport {
  const { tables } = organization;
  const bytes = Buffer.from(`${parameters.CustomizationFile}`, 'base64');
  const imported = importSolution(tables, bytes, work.user.userId);
  noteImportJob(tables, imported, { importJobId, now: nowOf(organization) });
  return imported;
}

function nowOf({ clock }: Organization): string {
  return `${toRfc3339(clock.now()).slice(0, 19)}Z`;
}
