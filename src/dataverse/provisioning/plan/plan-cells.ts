import type { ColumnDifference } from '../change.js';
import type { JudgedDifference } from '../compare/compare-cells.js';

/** As changes show them. */
export function plainDifferences(differences: readonly JudgedDifference[]): readonly ColumnDifference[] {
  return differences.map(({ column, wished, deployed }) => ({ column, wished, deployed }));
}

/** The members of an update that give these columns their wished values. */
export function updatedCells(differences: readonly JudgedDifference[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(differences.flatMap(({ column, wished }) => memberFor(column, wished)));
}

function memberFor(column: string, wished: unknown): readonly (readonly [string, unknown])[] {
  // A lookup is cleared through its navigation property; source: learn.microsoft.com, "Associate and disassociate table
  // rows".
  if (column === 'plugintypeid') return [['PluginTypeId@odata.bind', null]];
  // State and status go together: 0 Active, 1 Active.
  if (column === 'statecode') {
    return [
      ['statecode', 0],
      ['statuscode', 1],
    ];
  }
  return [[column, wished]];
}
