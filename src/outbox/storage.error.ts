/**
 * `not-stored`: rolled back, nothing changed, the caller may try again. `unknown`: it may or may not be stored; the
 * process stops. `closed`: the store is closing.
 */
export type StorageErrorCode = 'storage-not-stored' | 'storage-unknown' | 'storage-closed';

/** The database did not do what was asked. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(
    readonly code: StorageErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
