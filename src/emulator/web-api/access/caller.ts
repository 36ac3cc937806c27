/** By name, such as `prvReadCustomAPI`: how far they reach, as a `privilegedepthmask`. */
export type Privileges = ReadonlyMap<string, number>;

/** The application user on whose behalf a request runs. */
export interface Caller {
  readonly clientId: string;
  /** The `systemuserid`. */
  readonly userId: string;
  readonly privileges: Privileges;
}
