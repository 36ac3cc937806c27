/** What every token must be. */
export interface TokenExpectations {
  readonly issuer: string;
  readonly audience: string;
}

/**
 * Only signatures by public keys: `none` proves nothing, and for HS256 the public key itself would serve as the secret.
 */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** How far the issuer's clock may be from ours. */
export const CLOCK_TOLERANCE_SECONDS = 60;
