import type { Row } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import { newRow } from '../writes/new-row.js';
import { duplicateKey, invalid } from '../writes/refusals.js';
import type { WriteScope } from '../writes/write-scope.js';
import type { TableRules } from './table-rules.js';

/** Custom APIs: their message is created and deleted with them. */
export const CUSTOM_API_RULES: TableRules = {
  refuse: (scope, row, before) =>
    refuseName(scope, row, before) ?? refuseBinding(scope, row) ?? refusePrivilege(scope, row),
  stored: (scope, row) => (row.sdkmessageid === null ? createMessage(scope, row) : changeMessage(scope, row)),
};

/** The message that steps are registered on, with the filter that says whether they may be. */
function createMessage(scope: WriteScope, api: Row): void {
  const { schema, rows, points } = scope;
  const origin = { now: scope.now, userId: scope.how.userId };
  const table = schema.get('sdkmessage');
  const cells = {
    name: api.uniquename ?? null,
    isprivate: api.isprivate ?? null,
    executeprivilegename: api.executeprivilegename ?? null,
    workflowsdkstepenabled: api.workflowsdkstepenabled ?? null,
  };
  const id = `${rows.store(table, newRow(table, cells, origin))[table.primaryKey]}`;
  rows.store(schema.get('customapi'), { ...api, sdkmessageid: id });
  if (api.bindingtype === 0 && !points.globalApiHasFilter) return;
  const filter = {
    sdkmessageid: id,
    primaryobjecttypecode: api.boundentitylogicalname ?? 'none',
    iscustomprocessingstepallowed: api.allowedcustomprocessingsteptype !== 0,
  };
  rows.store(schema.get('sdkmessagefilter'), newRow(schema.get('sdkmessagefilter'), filter, origin));
}

function changeMessage({ schema, rows }: WriteScope, api: Row): void {
  const message = rows.find('sdkmessage', `${api.sdkmessageid}`);
  if (message === null) return;
  const { isprivate = null, executeprivilegename = null } = api;
  rows.store(schema.get('sdkmessage'), { ...message, isprivate, executeprivilegename });
}

/** Messages share one namespace, including system messages and process actions. */
function refuseName({ rows, schema }: WriteScope, row: Row, before: Row | null): Refusal | null {
  if (before !== null) return null;
  const name = `${row.uniquename}`;
  if (!/^[A-Za-z]\w*$/.test(name))
    return invalid(`The unique name '${name}' is not valid: letters, digits and underscores only.`);
  const taken = rows.of('sdkmessage').some((message) => `${message.name}`.toLowerCase() === name.toLowerCase());
  return taken ? duplicateKey(schema.get('customapi'), ['Unique Name']) : null;
}

function refuseBinding({ rows }: WriteScope, row: Row): Refusal | null {
  const { bindingtype, boundentitylogicalname, isfunction, workflowsdkstepenabled } = row;
  if (isfunction === true && workflowsdkstepenabled === true) {
    return invalid('A custom API that is a function cannot be enabled for workflow.');
  }
  if (bindingtype === 0) {
    return boundentitylogicalname === null
      ? null
      : invalid('boundentitylogicalname must be empty where bindingtype is Global.');
  }
  return rows.of('entity').some(({ logicalname }) => logicalname === boundentitylogicalname)
    ? null
    : invalid(`boundentitylogicalname '${boundentitylogicalname}' is not a table of this environment.`);
}

function refusePrivilege({ rows }: WriteScope, { executeprivilegename }: Row): Refusal | null {
  if (executeprivilegename === null) return null;
  return rows.of('privilege').some(({ name }) => name === executeprivilegename)
    ? null
    : invalid(`The privilege '${executeprivilegename}' does not exist.`);
}
