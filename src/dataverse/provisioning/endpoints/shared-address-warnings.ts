import type { WishedEndpoint } from './wished-endpoint.js';

/** Warnings about endpoints of a file through which one receiver gets events twice. */
export function sharedAddressWarnings(endpoints: readonly WishedEndpoint[]): readonly string[] {
  return endpoints.flatMap((endpoint, index) => {
    const twin = endpoints
      .slice(0, index)
      .find((other) => isSameReceiver(other, endpoint) && isShared(other, endpoint));
    return twin === undefined
      ? []
      : [`The endpoints '${twin.name}' and '${endpoint.name}' have one address: what both carry gets there twice.`];
  });
}

function isSameReceiver({ target: one }: WishedEndpoint, { target: other }: WishedEndpoint): boolean {
  return addressOf(one) === addressOf(other);
}

/** Hosts, namespaces and the names in them are the same in any case of letters; paths of webhooks may not be. */
function addressOf(target: WishedEndpoint['target']): string {
  if (target.kind === 'webhook') return new URL(target.url).href;
  return `${target.namespaceAddress.replace(/\/*$/, '')}/${target.path}`.toLowerCase();
}

function isShared({ events: some }: WishedEndpoint, { events: others }: WishedEndpoint): boolean {
  if (some === '*' || others === '*') return some.length > 0 && others.length > 0;
  return some.some((event) => others.includes(event));
}
