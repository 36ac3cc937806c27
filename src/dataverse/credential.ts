/** By what an application user proves to Entra who it is. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  /** A PEM file with the private key, unencrypted, and its certificate, then any chain; read at each use. */
  | { readonly kind: 'certificate'; readonly path: string }
  /** A file with a token of another issuer that Entra trusts, as Kubernetes renews it; read at each use. */
  | { readonly kind: 'federated'; readonly tokenPath: string }
  /**
   * The identity of the machine the gateway runs on. With `system` the client id only names the application user; with
   * `user` it chooses among the identities assigned to the machine.
   */
  | { readonly kind: 'managed-identity'; readonly assigned: 'system' | 'user' };
