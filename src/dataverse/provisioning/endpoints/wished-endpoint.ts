import type { HookAuth, HookSecret } from '../../../kernel/hook-auth.js';
import type { Secret } from '../../secret.js';

/** A header or a pair of the query, as a webhook's configuration holds it. */
export type SecretPair = HookSecret<Secret>;

/** How Dataverse proves to a webhook's receiver who calls. */
export type WebhookAuthentication = HookAuth<Secret>;

/** A receiver that is called over HTTP. */
export interface WebhookTarget {
  readonly kind: 'webhook';
  /** Without a query: it is shown in plans, and what authenticates belongs into `authentication`. */
  readonly url: string;
  readonly authentication: WebhookAuthentication;
}

/** A queue, a topic or a hub in Azure; always with a shared access key, the only authentication all three have. */
export interface AzureTarget {
  readonly kind: 'service-bus-queue' | 'service-bus-topic' | 'event-hub';
  /** Such as `sb://contoso.servicebus.windows.net/`. */
  readonly namespaceAddress: string;
  /** Name of the queue, topic or hub. */
  readonly path: string;
  readonly sasKeyName: string;
  readonly sasKey: Secret;
  /** An event hub takes no binary. */
  readonly format: 'json' | 'xml' | 'binary';
  /** What a message says of the user on whose behalf the custom API was called. */
  readonly userClaim: 'none' | 'user-id' | 'user-info';
}

/**
 * Where Dataverse carries events on to, and which ones. There is no mode to choose: its steps are asynchronous, for an
 * external event allows no other.
 */
export interface WishedEndpoint {
  /** What it is known by; of two that differ in upper and lower case only, Dataverse makes no difference. */
  readonly name: string;
  /** Null leaves what is deployed as it is. */
  readonly description: string | null;
  readonly target: WebhookTarget | AzureTarget;
  /** Words of event types, or `*` for every one there is. */
  readonly events: '*' | readonly string[];
  /** Of its steps among those of the same message: lower ones are queued first. */
  readonly rank: number;
}
