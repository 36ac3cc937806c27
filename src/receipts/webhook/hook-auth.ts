/** A header or a pair of the query, with its secret. */
export interface HookSecret {
  readonly name: string;
  readonly value: string;
}

/** A way in which Dataverse proves who calls; webhooks of its own know no others. */
export type HookAuth =
  /** All of them have to be there. */
  | { readonly kind: 'http-header'; readonly headers: readonly HookSecret[] }
  /** Sent as `?code=<key>`. */
  | { readonly kind: 'webhook-key'; readonly key: string }
  | { readonly kind: 'query-string'; readonly parameters: readonly HookSecret[] }
  /** Whoever calls. */
  | { readonly kind: 'anonymous' };
