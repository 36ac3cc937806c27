/** The database cannot be opened as it is; the message says why and what to do. The process does not start. */
export class StoreUnusableError extends Error {
  override readonly name = 'StoreUnusableError';
  readonly code = 'store-unusable';
}
