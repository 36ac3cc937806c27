/** A raw write of what no row can be: a column its table does not have, a value of another type, or a row that is not there. */
export class RowNotPossibleError extends Error {
  override readonly name = 'RowNotPossibleError';
}
