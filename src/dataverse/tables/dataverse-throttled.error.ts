import { DataverseUnreachableError } from './dataverse-unreachable.error.js';

/** The application user has to wait, and the caller could not wait that long. */
export class DataverseThrottledError extends DataverseUnreachableError {
  /** As Dataverse asked, or null where it did not say. */
  readonly retryAfterMs: number | null;
  /** Whether it is a limit of the application user, and not Dataverse being busy. */
  readonly isOfUser: boolean;

  /**
   * @param request method and path, `GET customapis`
   * @param why in words, without a secret
   * @param facts `mayHaveRun`: whether a try before the throttle may have been executed
   */
  constructor(
    request: string,
    why: string,
    { retryAfterMs, isOfUser, mayHaveRun }: Pick<DataverseThrottledError, 'retryAfterMs' | 'isOfUser' | 'mayHaveRun'>,
  ) {
    super(request, why, mayHaveRun);
    this.retryAfterMs = retryAfterMs;
    this.isOfUser = isOfUser;
  }
}
