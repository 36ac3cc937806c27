import type { CustomApi, RequestParameter } from '../../../contract/custom-api.js';
import type { WishedCatalog, WishedCustomApi } from './wished-state.js';

type Cell = string | number | boolean | null | { readonly Value: boolean };

/** A row as a create sends it, without ids and bindings. */
export type WishedRow = Readonly<Record<string, Cell>>;

/** For the whole solution's components: who installs it as managed must not change them. */
const NOT_CUSTOMIZABLE = { Value: false };

/** `bindingtype` 0: global. `allowedcustomprocessingsteptype` 1: Async Only. */
const EXTERNAL_EVENT = {
  bindingtype: 0,
  boundentitylogicalname: null,
  isfunction: false,
  isprivate: false,
  allowedcustomprocessingsteptype: 1,
  workflowsdkstepenabled: false,
};

/** A row of `customapi`: every column beside the definition's has the value that an external event needs. */
export function customApiRow({ api, executePrivilege = null }: WishedCustomApi): WishedRow {
  return {
    uniquename: api.uniqueName,
    name: api.uniqueName,
    displayname: api.displayName,
    description: api.description,
    ...EXTERNAL_EVENT,
    executeprivilegename: executePrivilege,
    iscustomizable: NOT_CUSTOMIZABLE,
  };
}

/** A row of `customapirequestparameter`. */
export function requestParameterRow({ uniqueName }: CustomApi, parameter: RequestParameter): WishedRow {
  return {
    uniquename: parameter.uniqueName,
    name: `${uniqueName}.${parameter.uniqueName}`,
    displayname: parameter.displayName,
    description: parameter.description,
    type: parameter.type,
    isoptional: parameter.isOptional,
    logicalentityname: parameter.logicalEntityName,
    iscustomizable: NOT_CUSTOMIZABLE,
  };
}

/** A row of `catalog`. */
export function catalogRow({ uniqueName, name, displayName, description }: WishedCatalog): WishedRow {
  return { uniquename: uniqueName, name, displayname: displayName, description, iscustomizable: NOT_CUSTOMIZABLE };
}

/** A row of `catalogassignment`. */
export function catalogAssignmentRow({ api }: WishedCustomApi): WishedRow {
  return { name: api.uniqueName, iscustomizable: NOT_CUSTOMIZABLE };
}

/** A row of `solution`, where `--create-solution` makes it. */
export function solutionRow(uniqueName: string): WishedRow {
  return { uniquename: uniqueName, friendlyname: uniqueName, version: '1.0.0.0' };
}

/** A row of `publisher`. Events have no option values; 10000 is the lowest prefix Dataverse accepts. */
export function publisherRow(prefix: string): WishedRow {
  return {
    uniquename: prefix,
    friendlyname: prefix,
    customizationprefix: prefix,
    customizationoptionvalueprefix: 10_000,
  };
}
