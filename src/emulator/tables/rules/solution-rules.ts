import { sameCell } from '../same-cell.js';
import { ACTIVE_SOLUTION_ID, DEFAULT_SOLUTION_ID } from '../seeds/well-known-ids.js';
import { invalid } from '../writes/refusals.js';
import type { TableRules } from './table-rules.js';

/** Solutions: deleting an unmanaged one leaves its components where they are. */
export const SOLUTION_RULES: TableRules = {
  refuse: (scope, { solutionid, uniquename, version }, before) => {
    if (before?.ismanaged === true && scope.how.managed !== true) {
      return {
        status: 400,
        code: '0x8004f024',
        message: `Cannot update solution '${uniquename}' because it is a managed solution.`,
      };
    }
    if (!/^[A-Za-z_]\w*$/.test(`${uniquename}`)) {
      return { status: 400, code: '0x8004f002', message: `The solution unique name '${uniquename}' is not valid.` };
    }
    if (
      scope.rows
        .of('solution')
        .some((other) => other.solutionid !== solutionid && sameCell(other.uniquename, uniquename))
    ) {
      const message = `The solution unique name '${uniquename}' is already being used and cannot be used again.`;
      return { status: 400, code: '0x8004f023', message };
    }
    return /^\d+\.\d+(\.\d+){0,2}$/.test(`${version}`)
      ? null
      : invalid(`The solution version '${version}' is not valid.`);
  },
  complete: (scope, row, before) => ({
    ...row,
    installedon: before?.installedon ?? scope.now,
    updatedon: scope.now,
  }),
  refuseRemoval: (_scope, { solutionid }) =>
    solutionid === DEFAULT_SOLUTION_ID || solutionid === ACTIVE_SOLUTION_ID
      ? { status: 400, code: '0x8004f005', message: 'Attempting to delete a restricted solution.' }
      : null,
};

/** Publishers: what a customization prefix may be. Source: the note on prefixes of `pac solution init`. */
export const PUBLISHER_RULES: TableRules = {
  refuse: (_scope, { customizationprefix, uniquename }) => {
    const prefix = `${customizationprefix}`;
    if (!/^[A-Za-z][A-Za-z0-9]{1,7}$/.test(prefix) || prefix.toLowerCase().startsWith('mscrm')) {
      return invalid(
        `The customization prefix '${prefix}' is not valid: 2 to 8 letters and digits, a letter first, not 'mscrm'.`,
      );
    }
    return /^[A-Za-z_]\w*$/.test(`${uniquename}`)
      ? null
      : invalid(`The publisher unique name '${uniquename}' is not valid.`);
  },
};
