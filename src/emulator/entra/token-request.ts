import { timingSafeEqual } from 'node:crypto';
import type { EpochMs } from '../../kernel/clock.js';
import type { ApplicationUser } from './application-user.js';
import type { ApplicationUsers } from './application-users.js';
import { refuseAssertion } from './client-assertion.js';
import { ENTRA_REFUSALS, type EntraRefusal } from './entra-error.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const DEFAULT_SCOPE = '/.default';

/** A posted form and what the tenant needs to judge it. */
export interface TokenRequest {
  readonly form: URLSearchParams;
  readonly tenantId: string;
  /** The audiences a client assertion may name. */
  readonly assertionAudiences: readonly string[];
  /** The origins that are this organization. */
  readonly resources: readonly string[];
  readonly now: EpochMs;
}

/** Whether a token is issued, for which client and resource. */
export type TokenDecision =
  | { readonly kind: 'granted'; readonly user: ApplicationUser; readonly resource: string }
  | { readonly kind: 'refused'; readonly refusal: EntraRefusal };

/** Judges a request for a token by client credentials, in the order in which Entra reports faults. */
export async function decideToken(request: TokenRequest, users: ApplicationUsers): Promise<TokenDecision> {
  const { form } = request;
  const missing = ['grant_type', 'client_id', 'scope'].find((name) => !form.get(name));
  if (missing !== undefined) {
    const message = `The request body must contain the following parameter: '${missing}'.`;
    return refused(ENTRA_REFUSALS.missingParameter(message));
  }
  if (form.get('grant_type') !== 'client_credentials') {
    return refused(ENTRA_REFUSALS.unsupportedGrant('The app requested an unsupported grant type.'));
  }
  const clientId = form.get('client_id') ?? '';
  const user = users.find(clientId);
  if (user === null) {
    const message = `Application with identifier '${clientId}' was not found in the directory '${request.tenantId}'.`;
    return refused(ENTRA_REFUSALS.unknownApplication(message));
  }
  const scope = judgeScope(form.get('scope') ?? '', request.resources);
  if (typeof scope !== 'string') return refused(scope);
  const refusal = await refuseCredential(request, user);
  return refusal === null ? { kind: 'granted', user, resource: scope } : refused(refusal);
}

/** The resource a scope names, without slash at the end. */
function judgeScope(scope: string, resources: readonly string[]): string | EntraRefusal {
  if (scope.trim().includes(' ') || !/^[a-z][a-z0-9+.-]*:\/\//i.test(scope)) {
    return ENTRA_REFUSALS.malformedScope(
      `The provided value for the input parameter 'scope' is not valid: '${scope}'.`,
    );
  }
  if (!scope.endsWith(DEFAULT_SCOPE)) {
    const message = `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`;
    return ENTRA_REFUSALS.scopeWithoutDefault(message);
  }
  const resource = scope.slice(0, -DEFAULT_SCOPE.length).replace(/\/$/, '');
  return resources.includes(resource)
    ? resource
    : ENTRA_REFUSALS.unknownResource(`The resource principal named ${resource} was not found in the tenant.`);
}

async function refuseCredential(request: TokenRequest, user: ApplicationUser): Promise<EntraRefusal | null> {
  const { form, assertionAudiences, now } = request;
  const assertion = form.get('client_assertion');
  if (assertion !== null && form.get('client_assertion_type') === ASSERTION_TYPE) {
    return refuseAssertion({ assertion, user, audiences: assertionAudiences, now });
  }
  const secret = form.get('client_secret');
  if (secret === null) {
    const message = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
    return ENTRA_REFUSALS.missingCredential(message);
  }
  return user.clientSecret !== null && isSame(secret, user.clientSecret)
    ? null
    : ENTRA_REFUSALS.invalidSecret(
        `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${user.clientId}'.`,
      );
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refused(refusal: EntraRefusal): TokenDecision {
  return { kind: 'refused', refusal };
}
