/** The application user on whose behalf a request runs. */
export interface Caller {
  readonly clientId: string;
  /** The `systemuserid`. */
  readonly userId: string;
  /** Names, such as `prvReadCustomAPI`. */
  readonly privileges: ReadonlySet<string>;
}
