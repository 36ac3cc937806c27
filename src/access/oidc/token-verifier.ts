import { type CryptoKey, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify, type LocalJWKSet } from 'jose';
import { ProblemError } from '../../http/problem.error.js';
import type { Clock } from '../../kernel/clock.js';
import { Refusal } from '../refusal.js';
import type { IssuerKeys } from './issuer-keys.js';
import { ALGORITHMS, CLOCK_TOLERANCE_SECONDS, type TokenExpectations } from './token-expectations.js';

const UNKNOWN_KEY = new Refusal('invalid', 'The token is signed by a key its issuer does not have.');
const NOT_VALID = new Refusal('invalid', 'The token is not valid.');

/** Asked before a signature is checked, which takes the processor. */
export type Turn = <T>(look: () => Promise<T>) => Promise<T>;

/** Checks signatures against the issuer's keys, and only those: keys that a token itself names are ignored. */
export class TokenVerifier {
  constructor(
    private readonly keys: IssuerKeys,
    private readonly expected: TokenExpectations,
    private readonly clock: Clock,
  ) {}

  /**
   * The claims of a token with a valid signature; throws an `issuer-unavailable` problem where nobody can tell. Waits
   * for the issuer outside of `turn`, so that a wait for the issuer does not make others wait for their turn.
   */
  async verify(token: string, turn: Turn): Promise<JWTPayload | Refusal> {
    if (this.keys.current === null) await this.keys.renew();
    const { current } = this.keys;
    if (current === null) throw unavailable();
    const found = await turn(() => this.check(token, current));
    return found === UNKNOWN_KEY ? this.verifyWithNewer(token, current, turn) : found;
  }

  /** The key may have been made since the keys were fetched. */
  private async verifyWithNewer(token: string, known: LocalJWKSet, turn: Turn): Promise<JWTPayload | Refusal> {
    const isNewest = await this.keys.renew();
    const { current } = this.keys;
    const found = current === null || current === known ? UNKNOWN_KEY : await turn(() => this.check(token, current));
    // Otherwise strangers with made-up keys could turn the first valid token of a new key into a 401, which no client
    // repeats.
    if (found === UNKNOWN_KEY && !isNewest) throw unavailable();
    return found;
  }

  private async check(token: string, keys: LocalJWKSet): Promise<JWTPayload | Refusal> {
    try {
      return await this.claimsBy(token, keys);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return UNKNOWN_KEY;
      if (error instanceof errors.JWKSMultipleMatchingKeys) return this.checkEach(token, error);
      return NOT_VALID;
    }
  }

  /** Without a key id any key of its kind may have signed the token. */
  private async checkEach(token: string, candidates: AsyncIterable<CryptoKey>): Promise<JWTPayload | Refusal> {
    for await (const key of candidates) {
      const claims = await this.claimsBy(token, () => key).catch(() => null);
      if (claims !== null) return claims;
    }
    return NOT_VALID;
  }

  private async claimsBy(token: string, keys: JWTVerifyGetKey): Promise<JWTPayload> {
    const { payload } = await jwtVerify(token, keys, {
      ...this.expected,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: new Date(this.clock.now()),
      requiredClaims: ['exp'],
    });
    return payload;
  }
}

function unavailable(): ProblemError {
  return new ProblemError('issuer-unavailable', 'The issuer of the token cannot be asked for its keys now.', {
    headers: { 'Retry-After': '5' },
  });
}
