/** `store-in-use`: nothing is wrong with it, but another process works on it. */
export type StoreUnusableCode = 'store-unusable' | 'store-in-use';

/** The database cannot be opened as it is; the message says why and what to do. The process does not start. */
export class StoreUnusableError extends Error {
  override readonly name = 'StoreUnusableError';
  readonly code: StoreUnusableCode;

  constructor(
    message: string,
    { code = 'store-unusable', ...options }: ErrorOptions & { code?: StoreUnusableCode } = {},
  ) {
    super(message, options);
    this.code = code;
  }
}
