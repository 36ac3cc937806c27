import type { ColumnDifference, Finding } from '../change.js';
import type { Cells, DeployedRow } from '../deployed/deployed-state.js';
import type { WishedRow } from '../wished/wished-rows.js';
import type { ColumnRules } from './compare-rules.js';

/** A difference with what it means. */
export interface JudgedDifference extends ColumnDifference {
  readonly isFixed: boolean;
  /** Whether an update would take something from others. */
  readonly isLoss: boolean;
  readonly severity: Finding['severity'];
  readonly why: string;
}

/** Every column with a rule, in the rules' order. A component is wished to be active (`statecode` 0). */
export function compareCells(row: WishedRow, deployed: DeployedRow, rules: ColumnRules): readonly JudgedDifference[] {
  const wished: Cells = { statecode: 0, ...flat(row) };
  return Object.entries(rules).flatMap(([column, { isFixed, isLoss = false, severity, why }]) => {
    const difference = { column, wished: wished[column] ?? null, deployed: deployed.cells[column] ?? null };
    if (difference.wished === difference.deployed) return [];
    return [{ ...difference, isFixed, isLoss, severity: severity(wished, deployed.cells), why }];
  });
}

/** Without differences that are only reported. */
export function unlessTolerated(differences: readonly JudgedDifference[]): readonly JudgedDifference[] {
  return differences.filter(({ severity }) => severity !== 'tolerated');
}

/** Managed properties as their value. */
function flat(row: WishedRow): Cells {
  return Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [
      column,
      typeof cell === 'object' && cell !== null ? cell.Value : cell,
    ]),
  );
}
