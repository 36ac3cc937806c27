import type { HookAuth, HookSecret } from '../../../kernel/hook-auth.js';
import type { Secret } from '../../secret.js';

/** A header or a pair of the query, as a webhook's configuration holds it. */
export type SecretPair = HookSecret<Secret>;

/** How Dataverse proves to a webhook's receiver who calls. */
export type WebhookAuthentication = HookAuth<Secret>;

/** A receiver that is called over HTTP. */
export interface WebhookTarget {
  readonly kind: 'webhook';
  /** Without a query: plans show the address, and secrets belong into `authentication`. */
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
  /** The user whom a message names: the one for whom the custom API was called. */
  readonly userClaim: 'none' | 'user-id' | 'user-info';
}

/**
 * Where Dataverse sends which events. There is no mode to choose: the steps are asynchronous, for an external event
 * allows no others.
 */
export interface WishedEndpoint {
  /** It is identified by this; Dataverse does not distinguish upper and lower case. */
  readonly name: string;
  /** Null leaves the deployed text as it is. */
  readonly description: string | null;
  readonly target: WebhookTarget | AzureTarget;
  /** Words of event types, or `*` for every one there is. */
  readonly events: '*' | readonly string[];
  /** The rank of its steps among those of the same message: lower ones are queued first. */
  readonly rank: number;
}
