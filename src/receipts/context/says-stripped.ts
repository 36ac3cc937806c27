/**
 * Webhooks have a header that is only present then; its value is not documented. Service Bus and Event Hubs have a
 * property of the message, documented as MessageMaxSizeExceeded; its siblings have the namespace of claims before their
 * names.
 */
const SAYS = /(?:^|\/)(?:x-ms-dynamics-msg-size-exceeded|MessageMaxSizeExceeded)$/i;

/**
 * The facts that came with a context: the headers of a request, as `Headers` or as the record of Node, Express or Azure
 * Functions, or a Service Bus message's `applicationProperties`.
 */
export type Carrier = Readonly<Record<string, unknown>> | { keys(): IterableIterator<string> };

/**
 * Whether Dataverse says that it removed InputParameters, ParentContext and both kinds of images because the whole was
 * too large: over 256 KB in webhooks, 192 KB in Service Bus. Names are compared without regard to case, for proxies
 * change it.
 */
export function saysStripped(carrier: Carrier = {}): boolean {
  const names = isMapLike(carrier) ? Array.from(carrier.keys()) : Object.keys(carrier);
  return names.some((name) => SAYS.test(name));
}

function isMapLike(carrier: Carrier): carrier is { keys(): IterableIterator<string> } {
  return typeof carrier.keys === 'function';
}
