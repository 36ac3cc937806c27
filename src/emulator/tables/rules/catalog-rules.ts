import type { Row } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import { invalid } from '../writes/refusals.js';
import type { WriteScope } from '../writes/write-scope.js';
import type { TableRules } from './table-rules.js';

const CUSTOM_ACTION = 3;

/** Exactly two levels: a root for the solution, below it categories. */
export const CATALOG_RULES: TableRules = {
  refuse: ({ rows }, row, before) => {
    if (before !== null) return null;
    if (!/^[A-Za-z]\w*$/.test(`${row.uniquename}`)) {
      return invalid(`The unique name '${row.uniquename}' is not valid: letters, digits and underscores only.`);
    }
    const parent = rows.find('catalog', `${row.parentcatalogid}`);
    return parent === null || parent.parentcatalogid === null
      ? null
      : invalid('A catalog can have two levels only: a category cannot have categories of its own.');
  },
};

/** Assignments: to categories only, and only of objects that can raise events. */
export const CATALOG_ASSIGNMENT_RULES: TableRules = {
  refuse: (scope, row, before) => (before === null ? refuseAssignment(scope, row) : null),
  complete: (scope, row) => ({ ...row, objectidtype: tableOf(scope, row) }),
};

function refuseAssignment({ rows }: WriteScope, row: Row): Refusal | null {
  const category = rows.find('catalog', `${row.catalogid}`);
  if (category?.parentcatalogid === null) {
    return invalid('A catalog assignment needs a second-level catalog: this one is a root.');
  }
  const object = `${row.object}`;
  if (rows.find('customapi', object)?.isfunction === true) {
    return invalid('A function cannot be assigned to a catalog; only actions can.');
  }
  const process = rows.find('workflow', object);
  return process === null || process.category === CUSTOM_ACTION
    ? null
    : invalid('Of processes only custom process actions can be assigned to a catalog.');
}

function tableOf({ schema, rows }: WriteScope, { object }: Row): string | null {
  const targets = schema.get('catalogassignment').lookups.filter(({ column }) => column === 'object');
  return targets.find(({ target }) => object !== null && rows.find(target, `${object}`) !== null)?.target ?? null;
}
