/**
 * What tells an event from others of its client and type: the value of its key field, the `Idempotency-Key` header, or
 * `source` and `id` of a CloudEvent. Keys of different kinds never collide.
 */
export type EventIdentity =
  | { readonly kind: 'business' }
  | { readonly kind: 'header'; readonly key: string }
  | { readonly kind: 'cloudevents'; readonly source: string; readonly id: string };
