import { hash } from 'node:crypto';
import type { LocalJWKSet } from 'jose';
import type { Clock, EpochMs } from '../../kernel/clock.js';
import { forgetOldest } from '../forget-oldest.js';
import type { Principal } from '../principal.js';
import { Refusal } from '../refusal.js';
import { inspectToken } from './inspect-token.js';
import type { IssuerKeys } from './issuer-keys.js';
import { CLOCK_TOLERANCE_SECONDS, type TokenExpectations } from './token-expectations.js';
import { principalOfToken } from './token-principal.js';
import { TokenVerifier, type Turn } from './token-verifier.js';

/** Tokens in use at a time; about 300 bytes each. */
const MAX_VERIFIED = 10_000;

interface Verified {
  /** A token without any right is remembered as well: its signature need not be checked again. */
  readonly verdict: Principal | Refusal;
  readonly endsAt: EpochMs;
}

export interface TokenAuthenticatorParts {
  readonly expected: TokenExpectations;
  readonly keys: IssuerKeys;
  readonly clock: Clock;
  /** Events and requests per second of every client that comes with a token, or null. */
  readonly rate: number | null;
}

/**
 * Finds out whose token a text is. A verified token is remembered by its hash until it ends or the issuer's keys
 * change, so that a token in use costs a hash, not a signature.
 */
export class TokenAuthenticator {
  private readonly verified = new Map<string, Verified>();
  private readonly underWay = new Map<string, Promise<Principal | Refusal>>();
  private verifiedWith: LocalJWKSet | null = null;
  private readonly verifier: TokenVerifier;

  constructor(private readonly parts: TokenAuthenticatorParts) {
    this.verifier = new TokenVerifier(parts.keys, parts.expected, parts.clock);
  }

  /** Who calls, from memory; null: not known yet. */
  recall(token: string): Principal | Refusal | null {
    this.forgetWithKeys();
    const known = this.verified.get(nameOf(token));
    return known === undefined || known.endsAt <= this.parts.clock.now() ? null : known.verdict;
  }

  /** The refusal that needs no look at the signature, or null. */
  inspect(token: string): Refusal | null {
    return inspectToken(token, this.parts.expected, this.parts.clock.now());
  }

  /** Who calls, by the signature, which is checked once for all requests with the same token. */
  verify(token: string, turn: Turn): Promise<Principal | Refusal> {
    const name = nameOf(token);
    const underWay = this.underWay.get(name);
    if (underWay !== undefined) return underWay;
    const verdict = this.verifyOnce(token, name, turn).finally(() => this.underWay.delete(name));
    this.underWay.set(name, verdict);
    return verdict;
  }

  private async verifyOnce(token: string, name: string, turn: Turn): Promise<Principal | Refusal> {
    const { expected, keys, rate } = this.parts;
    const before = keys.current;
    const claims = await this.verifier.verify(token, turn);
    if (claims instanceof Refusal) return claims;
    const verdict = principalOfToken(claims, { issuer: expected.issuer, rate });
    // If keys changed meanwhile, this one may have been withdrawn: the next request finds out.
    if (keys.current === before)
      this.keep(name, { verdict, endsAt: ((claims.exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1000 });
    return verdict;
  }

  /** The oldest goes first. Only verified tokens are kept, so guesses push nothing out. */
  private keep(name: string, entry: Verified): void {
    this.forgetWithKeys();
    this.verified.set(name, entry);
    forgetOldest(this.verified, MAX_VERIFIED);
  }

  /** A signature by a withdrawn key is worth nothing any more. */
  private forgetWithKeys(): void {
    const { current } = this.parts.keys;
    if (current === this.verifiedWith) return;
    this.verified.clear();
    this.verifiedWith = current;
  }
}

/** The token itself is not kept: a memory dump then holds hashes, which give access to nothing. */
function nameOf(token: string): string {
  return hash('sha256', token, 'base64');
}
