/** Where webhooks say it: a header that is there only then. Its value is documented nowhere. */
const HEADER = 'x-ms-dynamics-msg-size-exceeded';
/** Where Service Bus and Event Hubs say it: a property of the message. */
const PROPERTY = 'messagemaxsizeexceeded';

/**
 * What came with a context: the headers of a request, as `Headers` or as Node's, Express's or Azure Functions' record of
 * them, or a Service Bus message's `applicationProperties`.
 */
export type Carrier = Readonly<Record<string, unknown>> | { keys(): IterableIterator<string> };

/**
 * Whether Dataverse says that it removed InputParameters, ParentContext and both kinds of images because the whole was too
 * large: over 256 KB in webhooks, 192 KB in Service Bus. Names are compared in any case, for proxies change it.
 */
export function saysStripped(carrier: Carrier): boolean {
  const names = isMapLike(carrier) ? Array.from(carrier.keys()) : Object.keys(carrier);
  return names.some((name) => [HEADER, PROPERTY].includes(name.toLowerCase()));
}

function isMapLike(carrier: Carrier): carrier is { keys(): IterableIterator<string> } {
  return typeof carrier.keys === 'function';
}
