import type { CustomApi, RequestParameter } from '../../../contract/custom-api.js';
import type { WishedCatalog, WishedCustomApi } from './wished-state.js';

type Cell = string | number | boolean | null | { readonly Value: boolean };

/** A row as a create sends it, without ids and without what it is bound to. */
export type WishedRow = Readonly<Record<string, Cell>>;

/** Of the whole solution's components: whoever installs it as managed shall not change them. */
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

/** A row of `customapi`: what is not the definition's is what an external event has to be. */
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

/** A row of `publisher`. Option values are none of an event's business; 10000 is the lowest prefix Dataverse takes. */
export function publisherRow(prefix: string): WishedRow {
  return {
    uniquename: prefix,
    friendlyname: prefix,
    customizationprefix: prefix,
    customizationoptionvalueprefix: 10_000,
  };
}
