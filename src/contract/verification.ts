/**
 * The newest verdict on the custom API of an event type: whether the deployed one fits the definition. `not-verified`
 * where it could not be read, which closes no gate.
 */
export type Verification =
  | { readonly status: 'verified'; readonly at: number }
  | { readonly status: 'drifted'; readonly at: number; readonly detail: string }
  | { readonly status: 'not-verified'; readonly at: number | null; readonly detail: string };

/** The newest verification of each event type. */
export abstract class Verifications {
  abstract of(type: string): Verification;
}
