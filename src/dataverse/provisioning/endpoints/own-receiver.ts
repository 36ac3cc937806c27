import { isWebhookUrl } from './webhook-url.js';
import type { WebhookAuthentication, WishedEndpoint } from './wished-endpoint.js';

/** What the endpoints of gateways are called by which Dataverse tells them what it raised. No other may begin so. */
export const RECEIVER_NAME = 'Business Events Gateway receipts';

/** Where a gateway takes receipts, unless a proxy in front of it says otherwise. */
export const RECEIVER_PATH = '/hooks/dataverse';

/** What is known of a gateway's receiver. */
export interface OwnReceiver {
  /** As `receiverAddress` makes it. */
  readonly url: string;
  /** What tells it from those of other gateways in the same environment; null where there are none. */
  readonly gateway: string | null;
  readonly authentication: WebhookAuthentication;
}

/**
 * The gateway's own receiver as the endpoint it is, for every event type. First in the queue: a receipt says that the event
 * was raised, not what became of it, so there is nothing it had to wait for.
 */
export function receiverEndpoint({ url, gateway, authentication }: OwnReceiver): WishedEndpoint {
  const name = gateway === null ? RECEIVER_NAME : `${RECEIVER_NAME} (${gateway})`;
  return { name, description: null, events: '*', rank: 1, target: { kind: 'webhook', url, authentication } };
}

/** Whether an endpoint or a step is, by its name, a receiver or of one: of this gateway or of another one. */
export function isOfReceiver(name: string): boolean {
  return name.toLowerCase().startsWith(RECEIVER_NAME.toLowerCase());
}

/**
 * Where Dataverse is to call, of a gateway's origin or of the whole address behind a proxy; null where Dataverse could not
 * call it or a plan could not show it.
 */
export function receiverAddress(text: string): string | null {
  if (!isWebhookUrl(text)) return null;
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname.replace(/\/+$/, '') || RECEIVER_PATH}`;
}
