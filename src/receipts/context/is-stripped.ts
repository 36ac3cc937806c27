import type { RemoteExecutionContext } from './remote-execution-context.js';
import { type Carrier, saysStripped } from './says-stripped.js';

/**
 * Whether the content of a context was removed because it was too large: the facts that came with it say so, or the
 * input parameters are missing, which every request has, if only as an empty list. Then only ids are left; ask the
 * source for the rest.
 */
export function isStripped(context: RemoteExecutionContext, carrier?: Carrier): boolean {
  return context.inputParameters === null || saysStripped(carrier);
}
