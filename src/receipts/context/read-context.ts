import { CONTEXT } from './context-codec.js';
import { JsonText } from './json-text.js';
import type { RemoteExecutionContext } from './remote-execution-context.js';

/**
 * Reads the body of a webhook, or a message of Service Bus in its JSON format. `writeContext` of what is read is the same
 * JSON: members in their order, unknown ones among them, numbers digit for digit. Throws `MalformedContextError`, and
 * nothing else, for a text that is no context: no JSON, a known member of a wrong type, names or keys that appear twice, nested too deeply.
 */
export function readContext(text: string): RemoteExecutionContext {
  const source = new JsonText(text);
  const context = CONTEXT.read(source);
  source.end();
  return context;
}
