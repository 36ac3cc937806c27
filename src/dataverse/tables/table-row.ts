/** A row as the Web API returns it. These functions read its columns; annotations are members too. */
export type TableRow = Readonly<Record<string, unknown>>;

/** Text, a GUID or an instant; null where there is none. */
export function textOf(row: TableRow, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' ? value : null;
}

export function numberOf(row: TableRow, column: string): number | null {
  const value = row[column];
  return typeof value === 'number' ? value : null;
}

/** A boolean, or that of a managed property, which is an object around it. */
export function booleanOf(row: TableRow, column: string): boolean | null {
  const value = row[column];
  const inner = isRow(value) ? value.Value : value;
  return typeof inner === 'boolean' ? inner : null;
}

/** The id of the row that a lookup column points to, or null. */
export function lookupOf(row: TableRow, column: string): string | null {
  return textOf(row, `_${column}_value`);
}

/** The row that was expanded behind a single-valued navigation property, or null. */
export function expandedOf(row: TableRow, navigation: string): TableRow | null {
  const value = row[navigation];
  return isRow(value) ? value : null;
}

/** The rows that were expanded behind a collection-valued navigation property. */
export function childrenOf(row: TableRow, navigation: string): readonly TableRow[] {
  const value = row[navigation];
  return Array.isArray(value) ? value.filter(isRow) : [];
}

/** Whether a value from an answer is an object with members. */
export function isRow(value: unknown): value is TableRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
