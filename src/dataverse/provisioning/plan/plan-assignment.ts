import type { Change } from '../change.js';
import type { CustomApiComparison } from '../compare/compare.js';
import { unlessTolerated } from '../compare/compare-cells.js';
import { catalogAssignmentRow } from '../wished/wished-rows.js';
import type { WishedCustomApi } from '../wished/wished-state.js';
import { plainDifferences, updatedCells } from './plan-cells.js';

/** A category as it is or will be; one that was found by its name has a unique name of its own. */
export interface Place {
  readonly id: string;
  readonly uniqueName: string;
}

/** Assigns to its category; does nothing without a category. `id` is the custom API's. */
export function createAssignment(
  wished: WishedCustomApi,
  { id, category }: { readonly id: string; readonly category: Place | null },
): readonly Change[] {
  if (category === null) return [];
  return [
    {
      action: 'create',
      component: 'catalog-assignment',
      name: `${wished.api.uniqueName} in ${category.uniqueName}`,
      type: wished.type,
      differences: [],
      operations: [
        {
          kind: 'create',
          set: 'catalogassignments',
          primaryKey: 'catalogassignmentid',
          id: idBetween(id, category.id),
          row: catalogAssignmentRow(wished),
          binds: [
            { navigation: 'CustomAPIId', set: 'customapis', to: { id } },
            { navigation: 'CatalogId', set: 'catalogs', to: { id: category.id } },
          ],
        },
      ],
    },
  ];
}

export function updateAssignment(
  wished: WishedCustomApi,
  { row, differences }: NonNullable<CustomApiComparison['assignment']>,
): readonly Change[] {
  const due = unlessTolerated(differences);
  if (due.length === 0 || row.isManaged) return [];
  return [
    {
      action: 'update',
      component: 'catalog-assignment',
      name: wished.api.uniqueName,
      type: wished.type,
      differences: plainDifferences(due),
      operations: [{ kind: 'update', set: 'catalogassignments', id: row.id, row: updatedCells(due), binds: [] }],
    },
  ];
}

/**
 * It is not documented whether Dataverse refuses a second row for the same assignment. An id made of both ends' ids
 * lets two applies at once find the same row.
 */
function idBetween(one: string, other: string): string {
  const digits = hexOf(other);
  const mixed = hexOf(one).map((digit, index) => (digit ^ (digits[index] ?? 0)).toString(16));
  const at = (from: number, to: number) => mixed.slice(from, to).join('');
  // Version 8 and the variant of RFC 9562: for ids with a scheme of one's own.
  return `${at(0, 8)}-${at(8, 12)}-8${at(13, 16)}-8${at(17, 20)}-${at(20, 32)}`;
}

function hexOf(id: string): readonly number[] {
  return [...id.replaceAll('-', '')].map((digit) => Number.parseInt(digit, 16));
}
