import { compactVerify, decodeJwt, errors, importX509, type JWTPayload } from 'jose';
import type { EpochMs } from '../../kernel/clock.js';
import type { ApplicationUser } from './application-user.js';
import { ENTRA_REFUSALS, type EntraRefusal } from './entra-error.js';

const FEDERATION_AUDIENCE = 'api://AzureADTokenExchange';
const CLOCK_SKEW_MS = 300_000;

/** A client assertion and what it is checked against. */
export interface AssertionCheck {
  readonly assertion: string;
  readonly user: ApplicationUser;
  /** The audiences an assertion signed by the application itself may name. */
  readonly audiences: readonly string[];
  readonly now: EpochMs;
}

/**
 * Why a client assertion does not prove the application; null when it does. An assertion by the application itself is
 * signed with a certificate; one by another issuer must fit a federated credential. The signatures of outside issuers
 * are not verified: a machine without network cannot get their keys.
 */
export async function refuseAssertion(check: AssertionCheck): Promise<EntraRefusal | null> {
  const claims = readClaims(check.assertion);
  if (claims === null) return ENTRA_REFUSALS.malformedAssertion('Invalid JWT token. The token is malformed.');
  const times = refuseTimes(claims, check.now);
  if (times !== null) return times;
  if (claims.iss !== check.user.clientId) return refuseFederated(claims, check.user);
  if (claims.sub !== check.user.clientId) {
    return ENTRA_REFUSALS.assertionOfAnother(
      "Client assertion application identifier doesn't match 'client_id' parameter.",
    );
  }
  if (!audiencesOf(claims).some((audience) => check.audiences.includes(audience))) {
    return ENTRA_REFUSALS.assertionAudience('Client assertion audience claim does not match Realm issuer.');
  }
  return refuseSignature(check);
}

function readClaims(assertion: string): JWTPayload | null {
  try {
    return decodeJwt(assertion);
  } catch {
    return null;
  }
}

function refuseTimes(claims: JWTPayload, now: EpochMs): EntraRefusal | null {
  const tooLate = claims.exp === undefined || now >= claims.exp * 1000 + CLOCK_SKEW_MS;
  const tooEarly = claims.nbf !== undefined && now < claims.nbf * 1000 - CLOCK_SKEW_MS;
  return tooLate || tooEarly
    ? ENTRA_REFUSALS.assertionTime('Client assertion is not within its valid time range.')
    : null;
}

function refuseFederated(claims: JWTPayload, user: ApplicationUser): EntraRefusal | null {
  const fits = user.federatedCredentials.some(
    ({ issuer, subject, audience = FEDERATION_AUDIENCE }) =>
      claims.iss === issuer && claims.sub === subject && audiencesOf(claims).includes(audience),
  );
  return fits
    ? null
    : ENTRA_REFUSALS.noFederatedCredential('No matching federated identity record found for presented assertion.');
}

async function refuseSignature({ assertion, user }: AssertionCheck): Promise<EntraRefusal | null> {
  if (user.certificates.length === 0) return null;
  for (const certificate of user.certificates) {
    if (await isSignedBy(assertion, certificate)) return null;
  }
  return ENTRA_REFUSALS.assertionSignature('Client assertion contains an invalid signature.');
}

/** We choose the algorithm, never the assertion. */
async function isSignedBy(assertion: string, certificate: string): Promise<boolean> {
  for (const algorithm of ['PS256', 'RS256']) {
    try {
      await compactVerify(assertion, await importX509(certificate, algorithm), { algorithms: [algorithm] });
      return true;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
    }
  }
  return false;
}

function audiencesOf(claims: JWTPayload): readonly string[] {
  return claims.aud === undefined ? [] : [claims.aud].flat();
}
