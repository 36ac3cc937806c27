/** What access is told at start. */
export abstract class AccessOptions {
  /** Whose tokens are accepted beside API keys; null: nobody's. */
  abstract readonly oidc: OidcOptions | null;
  /** Events and requests per second of a client that has no rate of its own; null: any number. */
  abstract readonly clientRate: number | null;
}

/** An issuer of tokens, and how it is reached. */
export interface OidcOptions {
  /** As the `iss` claim has it, to the letter. */
  readonly issuer: string;
  readonly audience: string;
  /** A proxy to tunnel through, and the hosts it is not for, comma-separated. */
  readonly proxy?: { readonly url: string; readonly except?: string };
}
