/**
 * What tells an event from others of its client and type: the value of its key field, the `Idempotency-Key` header of its
 * request, or `source` and `id` of a CloudEvent. Each kind has keys of its own.
 */
export type EventIdentity =
  | { readonly kind: 'business' }
  | { readonly kind: 'header'; readonly key: string }
  | { readonly kind: 'cloudevents'; readonly source: string; readonly id: string };
