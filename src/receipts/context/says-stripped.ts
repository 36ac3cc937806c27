/**
 * Webhooks say it by a header that is there only then; its value is documented nowhere. Service Bus and Event Hubs by a
 * property of the message, documented as MessageMaxSizeExceeded; its siblings carry the namespace of claims before their names.
 */
const SAYS = /(?:^|\/)(?:x-ms-dynamics-msg-size-exceeded|MessageMaxSizeExceeded)$/i;

/**
 * What came with a context: the headers of a request, as `Headers` or as Node's, Express's or Azure Functions' record of
 * them, or a Service Bus message's `applicationProperties`.
 */
export type Carrier = Readonly<Record<string, unknown>> | { keys(): IterableIterator<string> };

/**
 * Whether Dataverse says that it removed InputParameters, ParentContext and both kinds of images because the whole was too
 * large: over 256 KB in webhooks, 192 KB in Service Bus. Names are compared in any case, for proxies change it.
 */
export function saysStripped(carrier: Carrier = {}): boolean {
  const names = isMapLike(carrier) ? Array.from(carrier.keys()) : Object.keys(carrier);
  return names.some((name) => SAYS.test(name));
}

function isMapLike(carrier: Carrier): carrier is { keys(): IterableIterator<string> } {
  return typeof carrier.keys === 'function';
}
