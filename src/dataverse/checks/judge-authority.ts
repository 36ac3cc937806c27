import type { HttpResponse } from '../http/http-exchange.js';
import { type Challenge, readChallenge } from './challenge.js';
import type { Finding } from './check-step.js';

/** What the settings say about the source of tokens. */
export interface ExpectedAuthority {
  /** Null where a managed identity is the only one that asks. */
  readonly tenantId: string | null;
  /** Origin of Entra. */
  readonly authorityHost: string;
  /** Origin of the environment. */
  readonly origin: string;
}

/** `other` is no Dataverse at all: further checks make no sense. */
export type AuthorityFinding = Finding & { readonly isDataverse: boolean };

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the answer to a request without a token comes from Dataverse, and names the tenant of the settings. */
export function judgeAuthority({ status, headers }: HttpResponse, expected: ExpectedAuthority): AuthorityFinding {
  const challenge = readChallenge(headers.get('www-authenticate'));
  if (status !== 401 || challenge === null) {
    const detail = `${expected.origin} answers HTTP ${status} without saying where tokens come from: this is no Dataverse environment`;
    const advice =
      'DATAVERSE_URL takes the Environment URL, https://<org>.crm<n>.dynamics.com; or a proxy answers in its place.';
    return { isDataverse: false, result: 'failed', detail, advice };
  }
  const figures = {
    tenantId: challenge.tenantId,
    authorityHost: challenge.authorityHost,
    resource: challenge.resource,
  };
  return { isDataverse: true, ...compare(challenge, expected), figures };
}

function compare(challenge: Challenge, { tenantId, authorityHost, origin }: ExpectedAuthority): Finding {
  if (tenantId !== null && isOther(tenantId, challenge.tenantId)) {
    return {
      result: 'failed',
      detail: `the environment belongs to tenant ${challenge.tenantId}, AZURE_TENANT_ID names ${tenantId}`,
      advice: `Set AZURE_TENANT_ID=${challenge.tenantId}; the application has to be registered there.`,
    };
  }
  if (challenge.authorityHost !== authorityHost) {
    return {
      result: 'warning',
      detail: `the environment takes tokens of ${challenge.authorityHost}, AZURE_AUTHORITY_HOST names ${authorityHost}`,
      advice: `Where no token is taken, set AZURE_AUTHORITY_HOST=${challenge.authorityHost}.`,
    };
  }
  if (challenge.resource !== null && URL.parse(challenge.resource)?.origin !== origin) {
    return {
      result: 'warning',
      detail: `the environment calls itself ${challenge.resource}, DATAVERSE_URL names ${origin}`,
      advice: 'Where no token is taken, set DATAVERSE_URL to the name the environment gives itself.',
    };
  }
  if (tenantId === null) return { result: 'ok', detail: `the environment belongs to tenant ${challenge.tenantId}` };
  return {
    result: 'ok',
    detail: `tenant ${challenge.tenantId}${GUID.test(tenantId) ? ', as AZURE_TENANT_ID says' : ''}`,
  };
}

/** A domain cannot be compared with the id that it stands for. */
function isOther(tenantId: string, actual: string): boolean {
  return GUID.test(tenantId) && GUID.test(actual) && tenantId.toLowerCase() !== actual.toLowerCase();
}
