import type { JWTPayload } from 'jose';
import type { Principal } from '../principal.js';
import { Refusal } from '../refusal.js';
import { isOfApplication } from './is-of-application.js';

/** Which claims name the client, the first that is there: Entra's v2 and v1 tokens, RFC 9068. */
const CLIENT_CLAIMS = ['azp', 'appid', 'client_id'] as const;

/** Only ID tokens have them: those tell an application who signed in, and are no key to anything. */
const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash'] as const;

const NAME = /^[\x21-\x7e]{1,255}$/;
const PUBLISHER = 'publisher.';

/** Whose the token is, and in whose name it speaks. */
export interface TokenOwner {
  readonly issuer: string;
  readonly rate: number | null;
}

/**
 * Reads from a verified token who calls and what it may do. The client's name is `<issuer>#<client>`, or
 * `<issuer>?sub=<subject>` where no claim names a client: an issuer's name holds neither `#` nor `?`, so that no two
 * clients share a name. Pure.
 */
export function principalOfToken(claims: JWTPayload, { issuer, rate }: TokenOwner): Principal | Refusal {
  // Keycloak's say it in a claim, too.
  if (claims.typ === 'ID' || ID_TOKEN_CLAIMS.some((claim) => claims[claim] !== undefined)) {
    return new Refusal('invalid', 'This is an ID token; an access token for this API is needed.');
  }
  const name = nameOf(claims);
  if (name === null) return new Refusal('invalid', 'The token does not name its client.');
  if (!isOfApplication(claims)) {
    const detail = 'The token does not show that it is an application’s; those of persons are not let in.';
    return new Refusal('forbidden', detail);
  }
  const roles = Array.isArray(claims.roles) ? claims.roles.filter((role) => typeof role === 'string') : [];
  const publish = publishedTypes(roles);
  const isOperator = roles.includes('operator');
  if (publish.length === 0 && !isOperator) {
    const detail = 'The token has none of the app roles operator, publisher and publisher.<event type>.';
    return new Refusal('forbidden', detail);
  }
  const held = [
    ...(publish.length > 0 ? (['publisher'] as const) : []),
    ...(isOperator ? (['operator'] as const) : []),
  ];
  return { client: `${issuer}${name}`, roles: held, publish, rate };
}

function nameOf(claims: JWTPayload): string | null {
  const claim = CLIENT_CLAIMS.find((name) => claims[name] !== undefined);
  const value = claim === undefined ? claims.sub : claims[claim];
  if (typeof value !== 'string' || !NAME.test(value)) return null;
  return claim === undefined ? `?sub=${value}` : `#${value}`;
}

function publishedTypes(roles: readonly string[]): readonly string[] {
  if (roles.includes('publisher')) return ['*'];
  const types = roles.filter((role) => role.startsWith(PUBLISHER)).map((role) => role.slice(PUBLISHER.length));
  // A role made of the prefix and an asterisk is no wildcard: who may publish everything has `publisher`.
  return types.filter((type) => type !== '' && type !== '*');
}
