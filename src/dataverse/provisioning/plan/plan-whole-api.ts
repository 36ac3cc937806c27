import type { Change, TableOperation } from '../change.js';
import type { CustomApiComparison, StandingApi } from '../compare/compare.js';
import { unlessTolerated } from '../compare/compare-cells.js';
import type { Dependants } from '../deployed/deployed-state.js';
import { customApiRow, requestParameterRow } from '../wished/wished-rows.js';
import type { WishedCustomApi } from '../wished/wished-state.js';
import { createAssignment, type Place } from './plan-assignment.js';
import { plainDifferences } from './plan-cells.js';
import { privilegeAfter } from './plan-recreation.js';

interface Created {
  readonly id: string;
  readonly newId: () => string;
}

/** The custom API with its parameters in one request: it never exists without them. */
export function createCustomApi(wished: WishedCustomApi, created: Created): Change {
  return {
    action: 'create',
    component: 'custom-api',
    name: wished.api.uniqueName,
    type: wished.type,
    differences: [],
    operations: [deepInsert(wished, created)],
  };
}

interface Recreated {
  readonly newId: () => string;
  readonly category: Place | null;
  /** The steps on its message: Dataverse deletes no message that has steps. */
  readonly steps: Dependants['steps'];
}

/** Deletes a custom API with everything that depends on it, and makes it anew with its assignment. */
export function recreateCustomApi(
  { wished, assignment, foreignAssignments }: CustomApiComparison,
  standing: StandingApi,
  { newId, category, steps }: Recreated,
): Change {
  const id = newId();
  const { row, differences } = standing;
  return {
    action: 'recreate',
    component: 'custom-api',
    name: wished.api.uniqueName,
    type: wished.type,
    differences: plainDifferences(unlessTolerated(differences)),
    recreates: wished.api.uniqueName,
    operations: [
      ...foreignAssignments.map((one) => deletion('catalogassignments', one.id)),
      ...steps.map((step) => deletion('sdkmessageprocessingsteps', step.id)),
      ...(assignment === null ? [] : [deletion('catalogassignments', assignment.row.id)]),
      deletion('customapis', row.id),
      deepInsert({ ...wished, executePrivilege: privilegeAfter(wished, standing) }, { id, newId }),
      ...createAssignment(wished, { id, category }).flatMap(({ operations }) => operations),
    ],
  };
}

function deepInsert(wished: WishedCustomApi, { id, newId }: Created): TableOperation {
  const parameters = wished.api.requestParameters.map((parameter) => ({
    customapirequestparameterid: newId(),
    ...requestParameterRow(wished.api, parameter),
  }));
  return {
    kind: 'create',
    set: 'customapis',
    primaryKey: 'customapiid',
    id,
    row: { ...customApiRow(wished), CustomAPIRequestParameters: parameters },
    binds: [],
  };
}

function deletion(set: string, id: string): TableOperation {
  return { kind: 'delete', set, id };
}
