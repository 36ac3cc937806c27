/** A header or a pair of the query, with its secret. */
export interface HookSecret<Secret = string> {
  readonly name: string;
  readonly value: Secret;
}

/**
 * A way in which Dataverse proves to a webhook's receiver who calls; webhooks of its own know no others. The receiver has
 * secrets as text, who tells Dataverse of them as what cannot be printed.
 */
export type HookAuth<Secret = string> =
  /** All of them have to be there. */
  | { readonly kind: 'http-header'; readonly headers: readonly HookSecret<Secret>[] }
  /** Sent as `?code=<key>`. */
  | { readonly kind: 'webhook-key'; readonly key: Secret }
  | { readonly kind: 'query-string'; readonly parameters: readonly HookSecret<Secret>[] }
  /** Nothing proves anything. Dataverse knows no webhook without authentication: it sends a header that says nothing. */
  | { readonly kind: 'anonymous' };
