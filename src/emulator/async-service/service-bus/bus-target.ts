import type { Row } from '../../tables/table-definition.js';

/** Where a post to Service Bus goes, and with which credentials. */
export interface BusTarget {
  readonly transport: 'tcp' | 'tls';
  readonly host: string;
  readonly port: number;
  /** The namespace as it was registered; the connection names it, even if a route leads elsewhere. */
  readonly namespace: string;
  /** Name of the queue, topic or event hub. */
  readonly path: string;
  readonly keyName: string;
  readonly key: string;
}

export type ReadTarget =
  | { readonly kind: 'target'; readonly target: BusTarget }
  /** The endpoint cannot be posted to; `detail` says what to change about it. */
  | { readonly kind: 'failed'; readonly detail: string };

/** `contract` of a topic, a queue and an event hub. Source: the table `serviceendpoint`. */
const CONTRACTS: readonly unknown[] = [5, 6, 7];
const SAS_KEY = 2;
const JSON_FORMAT = 2;
const NAMESPACE_NAME = 1;

/** Reads an endpoint of Service Bus. `routes` tell where namespaces lead on this machine. Pure. */
export function busTarget(endpoint: Row, routes: ReadonlyMap<string, string>): ReadTarget {
  const { contract, authtype, messageformat, path, saskeyname, saskey } = endpoint;
  if (!CONTRACTS.includes(contract)) return failed(`The emulator posts to no endpoint of contract ${contract}.`);
  if (authtype !== SAS_KEY) return failed('The emulator posts with a SAS key alone (authtype 2).');
  if (messageformat !== JSON_FORMAT) return failed('The emulator posts JSON alone (messageformat 2).');
  if (!path || !saskeyname || !saskey) return failed('path, saskeyname and saskey of the endpoint have to be set.');
  const namespace = namespaceOf(endpoint);
  const address = namespace === null ? null : addressOf(namespace, routes);
  if (namespace === null || address === null) {
    return failed(
      'namespaceaddress of the endpoint is no sb:// address, or its route is no amqp:// or amqps:// address.',
    );
  }
  const credentials = { path: `${path}`, keyName: `${saskeyname}`, key: `${saskey}` };
  return { kind: 'target', target: { ...address, namespace: namespace.hostname, ...credentials } };
}

function namespaceOf({ namespaceformat, namespaceaddress, solutionnamespace }: Row): URL | null {
  const isNamed = namespaceformat === NAMESPACE_NAME;
  const text = isNamed ? `sb://${solutionnamespace}.servicebus.windows.net` : `${namespaceaddress}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === 'sb:' && url.hostname !== '' ? url : null;
}

/** Without a route, Azure's own port with TLS. */
function addressOf(
  namespace: URL,
  routes: ReadonlyMap<string, string>,
): Pick<BusTarget, 'transport' | 'host' | 'port'> | null {
  const route = routes.get(`sb://${namespace.host.toLowerCase()}`) ?? `amqps://${namespace.host}`;
  const url = URL.canParse(route) ? new URL(route) : null;
  if (url?.protocol !== 'amqp:' && url?.protocol !== 'amqps:') return null;
  const isSecure = url.protocol === 'amqps:';
  const port = url.port === '' ? (isSecure ? 5671 : 5672) : Number(url.port);
  return { transport: isSecure ? 'tls' : 'tcp', host: url.hostname.replace(/^\[|\]$/g, ''), port };
}

function failed(detail: string): ReadTarget {
  return { kind: 'failed', detail };
}
