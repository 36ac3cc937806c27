import type { CallableApi } from '../tables/custom-apis.js';
import type { Input } from '../web-api/read-parameters.js';

/** A committed call of a custom API: the part of it that its steps are told. */
export interface CommittedCall {
  readonly api: CallableApi;
  readonly input: Input;
  readonly tag: string | null;
  /** The caller's `systemuserid`. */
  readonly userId: string;
  /** A request header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
}
