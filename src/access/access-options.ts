/** What access is told at start. */
export abstract class AccessOptions {
  /** The issuer whose tokens are accepted beside API keys; null: none. */
  abstract readonly oidc: OidcOptions | null;
  /** Events and requests per second of a client that has no rate of its own; null: any number. */
  abstract readonly clientRate: number | null;
}

/** An issuer of tokens, and how it is reached. */
export interface OidcOptions {
  /** Letter for letter as in the `iss` claim. */
  readonly issuer: string;
  readonly audience: string;
  /** A proxy to tunnel through, and the hosts that are reached without it, comma-separated. */
  readonly proxy?: { readonly url: string; readonly except?: string };
}
