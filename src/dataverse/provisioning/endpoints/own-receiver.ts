import { isWebhookUrl } from './webhook-url.js';
import type { WebhookAuthentication, WishedEndpoint } from './wished-endpoint.js';

/** The beginning of the names of gateways' own endpoints, at which they get receipts. No other endpoint may have it. */
export const RECEIVER_NAME = 'Business Events Gateway receipts';

/** The path at which a gateway takes receipts, unless a proxy in front of it uses another. */
export const RECEIVER_PATH = '/hooks/dataverse';

/** What is known of a gateway's receiver. */
export interface OwnReceiver {
  /** As `receiverAddress` makes it. */
  readonly url: string;
  /** What distinguishes it from other gateways in the same environment; null where there are none. */
  readonly gateway: string | null;
  readonly authentication: WebhookAuthentication;
}

/**
 * The gateway's own receiver as an endpoint, for every event type. First in the queue: a receipt says that the event
 * was raised, not what other steps made of it, so it need not wait for them.
 */
export function receiverEndpoint({ url, gateway, authentication }: OwnReceiver): WishedEndpoint {
  const name = gateway === null ? RECEIVER_NAME : `${RECEIVER_NAME} (${gateway})`;
  return { name, description: null, events: '*', rank: 1, target: { kind: 'webhook', url, authentication } };
}

/** Whether the name of an endpoint or a step is that of a receiver or of its step, for this gateway or another one. */
export function isOfReceiver(name: string): boolean {
  return name.toLowerCase().startsWith(RECEIVER_NAME.toLowerCase());
}

/**
 * The address that Dataverse has to call, from a gateway's origin or the whole address behind a proxy; null where
 * Dataverse could not call it or a plan could not show it.
 */
export function receiverAddress(text: string): string | null {
  if (!isWebhookUrl(text)) return null;
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname.replace(/\/+$/, '') || RECEIVER_PATH}`;
}
