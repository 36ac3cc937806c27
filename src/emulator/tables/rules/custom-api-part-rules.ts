import type { Row } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import { invalid } from '../writes/refusals.js';
import type { WriteScope } from '../writes/write-scope.js';
import type { TableRules } from './table-rules.js';

const ENTITY = 3;
const ENTITY_REFERENCE = 5;
const NOT_IN_WORKFLOWS: readonly unknown[] = [ENTITY, 4, 11];

/** Request parameters and response properties. */
export const CUSTOM_API_PART_RULES: TableRules = {
  refuse: (scope, row, before) => (before === null ? refusePart(scope, row) : null),
};

function refusePart({ rows }: WriteScope, row: Row): Refusal | null {
  const { uniquename, type, logicalentityname, isoptional } = row;
  const api = rows.find('customapi', `${row.customapiid}`);
  // OData's own rule: these characters have another meaning in a body.
  if (/[:.@\s]/.test(`${uniquename}`)) {
    return invalid(
      `The property name '${uniquename}' is invalid; property names must not contain any of the reserved characters ':', '.', '@'.`,
    );
  }
  if (logicalentityname !== null && !(Number(type) >= ENTITY && Number(type) <= ENTITY_REFERENCE)) {
    return invalid('logicalentityname is for the types Entity, EntityCollection and EntityReference.');
  }
  if (api?.ismanaged === true && isoptional === false) {
    return invalid('Only optional request parameters can be added to a managed custom API.');
  }
  const unbound = api?.bindingtype === 0;
  return api?.workflowsdkstepenabled === true &&
    (NOT_IN_WORKFLOWS.includes(type) || (type === ENTITY_REFERENCE && unbound))
    ? invalid('This type cannot be used in a custom API that is enabled for workflow.')
    : null;
}
