import { DataverseUnreachableError } from './dataverse-unreachable.error.js';

/** There was no token to send a request with. */
export class NoTokenError extends DataverseUnreachableError {
  /** Whether `why` also says what to do. */
  readonly isExplained: boolean;

  /**
   * @param request method and path, `GET customapis`
   * @param why in words, without a secret
   * @param facts `mayHaveRun`: whether a try before, which had a token, may have been executed
   */
  constructor(
    request: string,
    why: string,
    { mayHaveRun, isExplained }: Pick<NoTokenError, 'mayHaveRun' | 'isExplained'>,
  ) {
    super(request, why, mayHaveRun);
    this.message = `There is no token to send ${request} with: ${why}`;
    this.isExplained = isExplained;
  }
}
