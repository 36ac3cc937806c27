/** A request came to no verdict: no token, no connection, no answer, or throttled for longer than it could wait. */
export class DataverseUnreachableError extends Error {
  override readonly name = 'DataverseUnreachableError';

  /**
   * @param request method and path, `POST customapis`
   * @param why in words, without a secret
   * @param mayHaveRun false where Dataverse surely has not seen it, or has refused to begin
   */
  constructor(
    readonly request: string,
    readonly why: string,
    readonly mayHaveRun: boolean,
  ) {
    super(`There is no answer to ${request}: ${why}`);
  }
}
