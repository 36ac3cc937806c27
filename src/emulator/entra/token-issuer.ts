import { createHash, randomUUID } from 'node:crypto';
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Clock, EpochMs } from '../../kernel/clock.js';
import type { ApplicationUser } from './application-user.js';

/** How long an ended token is remembered, so that it can be told from a forged one. */
const FORGET_AFTER_MS = 3_600_000;

/**
 * One key for all emulators of a process, for making an RSA key can take a third of a second; made when the first one
 * starts.
 */
let keysOfAll: Promise<GenerateKeyPairResult> | null = null;

/** A token that was handed out. */
interface IssuedToken {
  readonly clientId: string;
  readonly expiresAt: EpochMs;
}

/** What a bearer token proves. */
export type TokenVerdict =
  | { readonly kind: 'valid'; readonly clientId: string }
  | { readonly kind: 'expired' | 'revoked' | 'unknown' };

/**
 * Signs access tokens and recognizes them. No other issuer is trusted, and tokens are issued for this organization
 * only, so a token is genuine when it equals one that was issued here, letter for letter; the published keys serve
 * clients that verify tokens.
 */
export class TokenIssuer {
  readonly #tokens = new Map<string, IssuedToken>();
  readonly #revoked = new Set<string>();
  readonly #keys = signingKeys();

  constructor(
    private readonly clock: Clock,
    private readonly tenantId: string,
    private readonly lifetimeSeconds: number,
  ) {}

  /** A new token, and how long it is valid in seconds. */
  async issue(user: ApplicationUser, audience: string, issuer: string): Promise<{ token: string; expiresIn: number }> {
    const { privateKey } = await this.#keys;
    const now = this.clock.now();
    const issuedAt = Math.floor(now / 1000);
    const claims = { appid: user.clientId, azp: user.clientId, oid: user.userId, tid: this.tenantId, ver: '1.0' };
    const token = await new SignJWT({ ...claims, uti: randomUUID() })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: await this.#keyId() })
      .setAudience(audience)
      .setIssuer(issuer)
      .setSubject(user.userId)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + this.lifetimeSeconds)
      .sign(privateKey);
    this.#forgetLongEnded(now);
    this.#tokens.set(token, { clientId: user.clientId, expiresAt: now + this.lifetimeSeconds * 1000 });
    return { token, expiresIn: this.lifetimeSeconds };
  }

  judge(token: string): TokenVerdict {
    const issued = this.#tokens.get(token);
    if (issued === undefined) return { kind: 'unknown' };
    if (this.#revoked.has(token)) return { kind: 'revoked' };
    if (this.clock.now() >= issued.expiresAt) return { kind: 'expired' };
    return { kind: 'valid', clientId: issued.clientId };
  }

  /** Ends every token handed out so far, or those of one client. */
  revoke(clientId: string | null): void {
    for (const [token, issued] of this.#tokens) {
      if (clientId === null || issued.clientId === clientId) this.#revoked.add(token);
    }
  }

  /** The public keys, as a JWK set. */
  async publicKeys(): Promise<{ keys: readonly JWK[] }> {
    const { publicKey } = await this.#keys;
    return { keys: [{ ...(await exportJWK(publicKey)), kid: await this.#keyId(), use: 'sig', alg: 'RS256' }] };
  }

  async #keyId(): Promise<string> {
    const { n } = await exportJWK((await this.#keys).publicKey);
    return createHash('sha256').update(`${n}`).digest('base64url').slice(0, 27);
  }

  #forgetLongEnded(now: EpochMs): void {
    for (const [token, { expiresAt }] of this.#tokens) {
      if (now < expiresAt + FORGET_AFTER_MS) return;
      this.#tokens.delete(token);
      this.#revoked.delete(token);
    }
  }
}

function signingKeys(): Promise<GenerateKeyPairResult> {
  keysOfAll ??= generateKeyPair('RS256');
  return keysOfAll;
}
