import { CONTEXT } from './context-codec.js';
import type { RemoteExecutionContext } from './remote-execution-context.js';

/** The JSON of a context as Dataverse posts it: `__type` marks, lists of keys and values, slashes escaped. */
export function writeContext(context: RemoteExecutionContext): string {
  // Slashes only occur in strings, and .NET's DataContractJsonSerializer escapes every one.
  return CONTEXT.write(context).replaceAll('/', '\\/');
}
