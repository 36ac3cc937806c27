import type { JWTPayload } from 'jose';

/**
 * Only tokens of persons have these: a session of Keycloak's, a user of Okta's, how somebody signed in, an account in a
 * directory.
 */
const PERSON_CLAIMS = ['sid', 'uid', 'amr', 'upn'] as const;

/**
 * Whether a token shows that an application speaks for itself (client credentials). No claim says so for every issuer,
 * and a person who signed in to an application gets tokens that name the same application: a token that shows nothing
 * counts as a person's. Reads the tokens of Entra ID, Okta, Auth0, Keycloak, Duende and RFC 9068. Pure.
 */
export function isOfApplication(claims: JWTPayload): boolean {
  const { idtyp, scp, sub, preferred_username: userName } = claims;
  // Entra says so explicitly where the API asks for that claim; any other issuer can be configured to.
  if (idtyp !== undefined) return idtyp === 'app';
  // Entra's delegated scopes are a text. Okta's list of scopes proves nothing, for its applications have scopes, too.
  if (typeof scp === 'string' || PERSON_CLAIMS.some((claim) => claims[claim] !== undefined)) return false;
  if (userName !== undefined) return userName === serviceAccountOf(claims);
  return sub === undefined ? clientsOf(claims).length > 0 : isSubject(claims);
}

/**
 * RFC 9068 (2.2): in a token that belongs to no person, the subject is the client. Auth0 appends `@clients`; Entra uses
 * ids.
 */
function isSubject(claims: JWTPayload): boolean {
  const { sub, oid, azp, appid } = claims;
  if (sub === oid && (azp ?? appid) !== undefined) return true;
  return clientsOf(claims).some((client) => sub === client || sub === `${client}@clients`);
}

/** Okta's `cid` is among them: it proves as much, although it does not name the client. */
function clientsOf({ azp, appid, client_id, cid }: JWTPayload): readonly unknown[] {
  return [azp, appid, client_id, cid].filter((client) => client !== undefined);
}

/** The user that Keycloak keeps for a client, whose id is the subject. Keycloak writes user names in small letters. */
function serviceAccountOf({ azp }: JWTPayload): string | null {
  return typeof azp === 'string' ? `service-account-${azp.toLowerCase()}` : null;
}
