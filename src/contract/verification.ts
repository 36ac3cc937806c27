/**
 * What is known of the custom API behind an event type: whether what is deployed fits the definition. `not-verified`
 * where it could not be read, which closes nothing.
 */
export type Verification =
  | { readonly status: 'verified'; readonly at: number }
  | { readonly status: 'drifted'; readonly at: number; readonly detail: string }
  | { readonly status: 'not-verified'; readonly at: number | null; readonly detail: string };

/** The newest verification of each event type. */
export abstract class Verifications {
  abstract of(type: string): Verification;
}
