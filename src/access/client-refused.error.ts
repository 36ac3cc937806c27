export type ClientRefusalCode = 'client-name-invalid' | 'client-name-taken' | 'client-unknown';

/** A client cannot be made or changed as asked; the message says why and what to do. */
export class ClientRefusedError extends Error {
  override readonly name = 'ClientRefusedError';

  constructor(
    readonly code: ClientRefusalCode,
    message: string,
  ) {
    super(message);
  }
}
