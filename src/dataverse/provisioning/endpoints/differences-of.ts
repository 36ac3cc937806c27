import type { ColumnDifference } from '../change.js';
import type { Cells } from '../deployed/deployed-state.js';

/** The wished columns that differ in the deployed row; its other columns are not compared. */
export function differencesOf(wished: Cells, deployed: Cells): readonly ColumnDifference[] {
  return Object.entries(wished)
    .filter(([column, value]) => (deployed[column] ?? null) !== value)
    .map(([column, value]) => ({ column, wished: value, deployed: deployed[column] ?? null }));
}
