import type { Change, TableOperation } from '../change.js';
import type { ParameterComparison, StandingApi } from '../compare/compare.js';
import { unlessTolerated } from '../compare/compare-cells.js';
import type { DeployedRow } from '../deployed/deployed-state.js';
import { requestParameterRow } from '../wished/wished-rows.js';
import type { WishedCustomApi } from '../wished/wished-state.js';
import { plainDifferences, updatedCells } from './plan-cells.js';
import { staleParts } from './plan-recreation.js';

const PARAMETERS = 'customapirequestparameters';

/** The changes of a custom API that stays: its columns, its parameters, and parts that it must not have. */
export function updateParts(wished: WishedCustomApi, standing: StandingApi, newId: () => string): readonly Change[] {
  const { foreignParameters, responseProperties } = staleParts(standing);
  const { uniqueName } = wished.api;
  const drop = (component: Change['component'], set: string) => (row: DeployedRow) => ({
    ...common(wished, row.cells.uniquename),
    action: 'delete' as const,
    component,
    recreates: uniqueName,
    operations: [{ kind: 'delete' as const, set, id: row.id }],
  });
  return [
    ...updateApi(wished, standing),
    ...foreignParameters.map(drop('request-parameter', PARAMETERS)),
    ...responseProperties.map(drop('response-property', 'customapiresponseproperties')),
    ...standing.parameters.flatMap((parameter) => planParameter(wished, parameter, { apiId: standing.row.id, newId })),
  ];
}

function updateApi(wished: WishedCustomApi, { row, differences }: StandingApi): readonly Change[] {
  const due = unlessTolerated(differences);
  if (due.length === 0) return [];
  return [
    {
      action: 'update',
      component: 'custom-api',
      name: wished.api.uniqueName,
      type: wished.type,
      differences: plainDifferences(due),
      ...(due.some(({ isLoss }) => isLoss) ? { recreates: wished.api.uniqueName } : {}),
      operations: [{ kind: 'update', set: 'customapis', id: row.id, row: updatedCells(due), binds: [] }],
    },
  ];
}

interface ParameterContext {
  readonly apiId: string;
  readonly newId: () => string;
}

function planParameter(
  wished: WishedCustomApi,
  { wished: parameter, deployed, differences }: ParameterComparison,
  { apiId, newId }: ParameterContext,
): readonly Change[] {
  const what = { ...common(wished, parameter.uniqueName), component: 'request-parameter' as const };
  const create: TableOperation = {
    kind: 'create',
    set: PARAMETERS,
    primaryKey: 'customapirequestparameterid',
    id: newId(),
    row: requestParameterRow(wished.api, parameter),
    binds: [{ navigation: 'CustomAPIId', set: 'customapis', to: { id: apiId } }],
  };
  if (deployed === null) {
    const breaks = parameter.isOptional ? {} : { recreates: wished.api.uniqueName };
    return [{ ...what, ...breaks, action: 'create', operations: [create] }];
  }
  const due = unlessTolerated(differences);
  if (due.length === 0) return [];
  const changed = { ...what, differences: plainDifferences(due) };
  if (!due.some(({ isFixed }) => isFixed)) {
    const update = { kind: 'update', set: PARAMETERS, id: deployed.id, row: updatedCells(due), binds: [] } as const;
    return [{ ...changed, action: 'update', operations: [update] }];
  }
  const operations = [{ kind: 'delete', set: PARAMETERS, id: deployed.id } as const, create];
  return [{ ...changed, action: 'recreate', recreates: wished.api.uniqueName, operations }];
}

function common({ api, type }: WishedCustomApi, part: unknown): Pick<Change, 'name' | 'type' | 'differences'> {
  return { name: `${api.uniqueName}.${String(part)}`, type, differences: [] };
}
