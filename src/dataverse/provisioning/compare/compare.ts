import type { RequestParameter } from '../../../contract/custom-api.js';
import type {
  DeployedAssignment,
  DeployedComponents,
  DeployedCustomApi,
  DeployedRow,
} from '../deployed/deployed-state.js';
import { isSameName } from '../same-name.js';
import { catalogAssignmentRow, customApiRow, requestParameterRow } from '../wished/wished-rows.js';
import type { WishedCustomApi, WishedState } from '../wished/wished-state.js';
import { type CatalogComparison, compareCatalogs } from './compare-catalogs.js';
import { compareCells, type JudgedDifference } from './compare-cells.js';
import {
  ASSIGNMENT_RULES,
  type ColumnRules,
  CUSTOM_API_RULES,
  PARAMETER_RULES,
  UNCHOSEN_PRIVILEGE,
} from './compare-rules.js';

/** A parameter of the definition; null where it is missing. */
export interface ParameterComparison {
  readonly wished: RequestParameter;
  readonly deployed: DeployedRow | null;
  readonly differences: readonly JudgedDifference[];
}

/** An existing custom API, beside the wished one. */
export interface StandingApi {
  readonly row: DeployedCustomApi;
  readonly differences: readonly JudgedDifference[];
  readonly parameters: readonly ParameterComparison[];
  /** Parameters without a field in the definition. */
  readonly foreignParameters: readonly DeployedRow[];
}

/** What is deployed for one event type. */
export interface CustomApiComparison {
  readonly wished: WishedCustomApi;
  readonly standing: StandingApi | null;
  /** Its name belongs to a message that is no custom API's. */
  readonly isNameTaken: boolean;
  readonly category: CatalogComparison | null;
  /** Into the wished category. */
  readonly assignment: { readonly row: DeployedAssignment; readonly differences: readonly JudgedDifference[] } | null;
  readonly foreignAssignments: readonly DeployedAssignment[];
}

/** Everything wished, beside what is deployed. Plans and findings are made from it. */
export interface Comparison {
  readonly catalogs: readonly CatalogComparison[];
  readonly customApis: readonly CustomApiComparison[];
}

export function compare(wished: WishedState, deployed: DeployedComponents): Comparison {
  const catalogs = compareCatalogs(wished.catalogs, deployed.catalogs);
  return {
    catalogs: [...catalogs.values()],
    customApis: wished.customApis.map((custom) =>
      compareCustomApi(custom, deployed, catalogs.get(custom.category) ?? null),
    ),
  };
}

function compareCustomApi(
  wished: WishedCustomApi,
  { customApis, foreignMessages }: DeployedComponents,
  category: CatalogComparison | null,
): CustomApiComparison {
  const { uniqueName } = wished.api;
  const row = customApis.find(({ cells }) => isSameName(cells.uniquename, uniqueName));
  const isOurs = ({ catalogId }: DeployedAssignment) => catalogId !== null && catalogId === category?.deployed?.id;
  const assignment = row?.assignments.find(isOurs);
  return {
    wished,
    standing: row === undefined ? null : compareStanding(wished, row),
    isNameTaken: row === undefined && foreignMessages.some((name) => isSameName(name, uniqueName)),
    category,
    assignment:
      assignment === undefined
        ? null
        : { row: assignment, differences: compareCells(catalogAssignmentRow(wished), assignment, ASSIGNMENT_RULES) },
    foreignAssignments: row?.assignments.filter((one) => !isOurs(one)) ?? [],
  };
}

function compareStanding(wished: WishedCustomApi, row: DeployedCustomApi): StandingApi {
  const parameters = wished.api.requestParameters.map((parameter): ParameterComparison => {
    const deployed = findParameter(row.parameters, parameter.uniqueName);
    if (deployed === null) return { wished: parameter, deployed, differences: [] };
    const differences = compareCells(requestParameterRow(wished.api, parameter), deployed, PARAMETER_RULES);
    return { wished: parameter, deployed, differences };
  });
  const known = new Set(parameters.flatMap(({ deployed }) => deployed?.id ?? []));
  return {
    row,
    differences: compareCells({ ...customApiRow(wished), plugintypeid: null }, row, rulesFor(wished)),
    parameters,
    foreignParameters: row.parameters.filter(({ id }) => !known.has(id)),
  };
}

function rulesFor({ executePrivilege }: WishedCustomApi): ColumnRules {
  return executePrivilege === undefined
    ? { ...CUSTOM_API_RULES, executeprivilegename: UNCHOSEN_PRIVILEGE }
    : CUSTOM_API_RULES;
}

/** The exact name first; a name in another case only where there is no exact one. */
function findParameter(parameters: readonly DeployedRow[], uniqueName: string): DeployedRow | null {
  const exact = parameters.find(({ cells }) => cells.uniquename === uniqueName);
  return exact ?? parameters.find(({ cells }) => isSameName(cells.uniquename, uniqueName)) ?? null;
}
