import { CONTEXT } from './context-codec.js';
import { JsonText } from './json-text.js';
import { MalformedContextError } from './malformed-context.error.js';
import type { RemoteExecutionContext } from './remote-execution-context.js';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Reads the body of a webhook, or a message of Service Bus in its JSON format. `writeContext` writes the result as the
 * same JSON: members in their order, unknown ones included, numbers digit for digit. Throws `MalformedContextError`,
 * and nothing else, for a text that is no context: no JSON, a known member of a wrong type, names or keys that appear
 * twice, nested too deeply. For anything but a text it throws a `TypeError`, since that is a mistake of the program.
 */
export function readContext(text: string): RemoteExecutionContext {
  if (typeof text !== 'string') {
    throw new TypeError('readContext takes the body as a text, before anything parsed it: await request.text()');
  }
  if (text.startsWith(BYTE_ORDER_MARK)) throw new MalformedContextError('', 'begins with a byte order mark');
  const source = new JsonText(text);
  const context = CONTEXT.read(source);
  source.end();
  return context;
}
