import { errors, type JWTPayload, jwtVerify, type LocalJWKSet } from 'jose';
import { ProblemError } from '../../http/problem.error.js';
import type { Clock } from '../../kernel/clock.js';
import { Refusal } from '../refusal.js';
import type { IssuerKeys } from './issuer-keys.js';
import { ALGORITHMS, CLOCK_TOLERANCE_SECONDS, type TokenExpectations } from './token-expectations.js';

const UNKNOWN_KEY = new Refusal('invalid', 'The token is signed by a key its issuer does not have.');

/** Checks signatures against the issuer's keys. Only ever uses those: what a token says of its own keys is not heard. */
export class TokenVerifier {
  constructor(
    private readonly keys: IssuerKeys,
    private readonly expected: TokenExpectations,
    private readonly clock: Clock,
  ) {}

  /** The claims of a token that is what it says; throws an `issuer-unavailable` problem where nobody can tell. */
  async verify(token: string): Promise<JWTPayload | Refusal> {
    if (this.keys.current === null) await this.keys.renew();
    const { current } = this.keys;
    if (current === null) throw unavailable();
    const found = await this.check(token, current);
    return found === UNKNOWN_KEY ? this.verifyWithNewer(token, current) : found;
  }

  /** The key may have been made since the keys were fetched. */
  private async verifyWithNewer(token: string, known: LocalJWKSet): Promise<JWTPayload | Refusal> {
    await this.keys.renew();
    const { current, isStale } = this.keys;
    if (current !== null && current !== known) return this.check(token, current);
    if (isStale) throw unavailable();
    return UNKNOWN_KEY;
  }

  private async check(token: string, keys: LocalJWKSet): Promise<JWTPayload | Refusal> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        ...this.expected,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(this.clock.now()),
        requiredClaims: ['exp'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) return UNKNOWN_KEY;
      return new Refusal('invalid', 'The token is not valid.');
    }
  }
}

function unavailable(): ProblemError {
  return new ProblemError('issuer-unavailable', 'The issuer of the token cannot be asked for its keys.', {
    headers: { 'Retry-After': '5' },
  });
}
