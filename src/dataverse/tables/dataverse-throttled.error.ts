import { DataverseUnreachableError } from './dataverse-unreachable.error.js';

/** The application user has to wait, and whoever asked could not. */
export class DataverseThrottledError extends DataverseUnreachableError {
  /**
   * @param request method and path, `GET customapis`
   * @param why in words, without a secret
   * @param retryAfterMs as Dataverse asked, or null where it did not say
   */
  constructor(
    request: string,
    why: string,
    readonly retryAfterMs: number | null,
  ) {
    super(request, why, false);
  }
}
