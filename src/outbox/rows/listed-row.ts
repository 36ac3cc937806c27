/** An event of the port as its row has it: tables keep claims as 0 and 1. */
export type ListedRow<Event extends { readonly overdue: boolean }> = Omit<Event, 'overdue'> & {
  readonly overdue: 0 | 1;
};

/** Pure: makes the event from a row of `listedColumns`, which may have further columns. */
export function eventOfRow<Row extends { readonly overdue: 0 | 1 }>(
  row: Row,
): Omit<Row, 'overdue'> & { readonly overdue: boolean } {
  return { ...row, overdue: row.overdue === 1 };
}
