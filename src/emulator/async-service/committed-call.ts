import type { CallableApi } from '../tables/custom-apis.js';
import type { Input } from '../web-api/read-parameters.js';

/** A call of a custom API that was committed, as far as its steps are told of it. */
export interface CommittedCall {
  readonly api: CallableApi;
  readonly input: Input;
  readonly tag: string | null;
  /** The caller's `systemuserid`. */
  readonly userId: string;
  /** A request header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
}
