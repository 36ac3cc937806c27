/**
 * A raw write of something that cannot be a row: a column its table does not have, a value of another type, or a
 * missing row.
 */
export class RowNotPossibleError extends Error {
  override readonly name = 'RowNotPossibleError';
}
