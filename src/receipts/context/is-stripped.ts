import type { RemoteExecutionContext } from './remote-execution-context.js';
import { type Carrier, saysStripped } from './says-stripped.js';

/**
 * Whether the content of a context was removed because the whole was too large: what came with it says so, or there are
 * no input parameters, which every request has, be it an empty list. Then only ids are left; ask the source for the rest.
 */
export function isStripped(context: RemoteExecutionContext, carrier?: Carrier): boolean {
  return context.inputParameters === null || saysStripped(carrier);
}
