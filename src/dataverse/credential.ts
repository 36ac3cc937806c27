/** How an application user proves to Entra who it is. */
export type Credential =
  | { readonly kind: 'secret'; readonly clientSecret: string }
  /** A PEM file with the private key, unencrypted, and its certificate, then any chain; read at each use. */
  | { readonly kind: 'certificate'; readonly path: string }
  /** A file with a token of another issuer that Entra trusts, as Kubernetes renews it; read at each use. */
  | { readonly kind: 'federated'; readonly tokenPath: string }
  /** The identity of the machine the gateway runs on; the client id, where there is one, chooses among several. */
  | { readonly kind: 'managed-identity' };
