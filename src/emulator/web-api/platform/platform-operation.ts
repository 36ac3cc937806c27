import type { Vocabulary } from '../../odata/vocabulary.js';
import type { Organization } from '../../organization.js';
import type { Answer } from '../../server/answer.js';
import type { Row } from '../../tables/table-definition.js';
import type { ApiOperation, ApiWork } from '../api-operation.js';
import type { JsonObject } from '../tables/read-json-body.js';

/** A function or action of the platform itself. */
export interface PlatformOperation {
  /** Without namespace: `WhoAmI`. */
  readonly name: string;
  /** Functions are called by GET, actions by POST. */
  readonly kind: 'function' | 'action';
  /** Logical name of the table whose rows it is bound to; null where it is called at the service root. */
  readonly boundTo: string | null;
  readonly run: (call: PlatformCall) => Answer | Promise<Answer>;
}

/** A call of a `PlatformOperation`. */
export interface PlatformCall {
  /** An action's body, or a function's parameters. */
  readonly parameters: JsonObject;
  /** The row it was called on; null where it is not bound. */
  readonly target: Row | null;
  readonly operation: ApiOperation;
  readonly work: ApiWork;
  readonly organization: Organization;
  readonly vocabulary: Vocabulary;
}
