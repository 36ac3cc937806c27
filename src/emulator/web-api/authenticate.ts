import type { Organization } from '../organization.js';
import type { Answer } from '../server/answer.js';
import type { Caller } from './access/caller.js';
import type { UserAccesses } from './access/user-access.js';
import { disabledUser, notAMember, withoutRoles } from './api-errors.js';
import type { ApiOperation } from './api-operation.js';

/** The caller, or why the request is refused. */
export type Authentication =
  | { readonly kind: 'known'; readonly user: Caller }
  | { readonly kind: 'refused'; readonly answer: Answer; readonly clientId: string | null };

/**
 * Finds the application user for an Authorization header: first checks its token, then its place in the organization.
 */
export function authenticate(
  { header, origin }: Pick<ApiOperation, 'header'> & { readonly origin: string },
  organization: Organization,
  accesses: UserAccesses,
): Authentication {
  const token = /^Bearer +(\S+)$/i.exec(header('authorization') ?? '')?.[1];
  if (token === undefined) return { kind: 'refused', answer: challenge(null, origin, organization), clientId: null };
  const verdict = organization.tokens.judge(token);
  if (verdict.kind !== 'valid') {
    const reason = verdict.kind === 'expired' ? 'The token is expired' : 'The token is not valid';
    return { kind: 'refused', answer: challenge(reason, origin, organization), clientId: null };
  }
  const { clientId } = verdict;
  const access = accesses.of(clientId);
  switch (access.kind) {
    case 'granted':
      return { kind: 'known', user: { clientId, userId: access.userId, privileges: access.privileges } };
    case 'no-application-user':
      return { kind: 'refused', answer: notAMember(), clientId };
    case 'no-roles':
      return { kind: 'refused', answer: withoutRoles(access.userId), clientId };
    case 'disabled':
      return { kind: 'refused', answer: disabledUser(access.userId), clientId };
  }
}

/** 401 that tells where tokens are issued. Without `reason` no token was sent at all. */
export function challenge(reason: string | null, origin: string, { tenantId, points }: Organization): Answer {
  const where = `authorization_uri=${origin}/${tenantId}/oauth2/authorize, resource_id=${origin}/`;
  const why = reason === null ? '' : `error=invalid_token, error_description=${reason}, `;
  return {
    status: 401,
    headers: { 'www-authenticate': `Bearer ${why}${where}` },
    body: points.unauthorizedBody,
    errorCode: null,
  };
}
