import { toRfc3339 } from '../../kernel/clock.js';
import { befall, momentOf } from '../faults/befall.js';
import type { Organization } from '../organization.js';
import type { Answer, Ending } from '../server/answer.js';
import { ENTRA_REFUSALS, type EntraRefusal, entraErrorBody } from './entra-error.js';
import { decideToken } from './token-request.js';

/** A request to the token endpoint. */
export interface TokenExchange {
  /** The tenant as the path names it. */
  readonly tenant: string;
  readonly form: URLSearchParams;
  readonly url: string;
  readonly origin: string;
  /** Resolves when the client has closed its connection. */
  readonly gone: () => Promise<void>;
  /** The answer of a fault of kind `status` and the like, in place of the true one. */
  readonly substitute: Parameters<typeof befall>[1]['substitute'];
}

/** The tenant's token endpoint, and what clients read before they use it. */
export class Entra {
  constructor(private readonly organization: Organization) {}

  /** The OpenID Connect discovery document. */
  discovery(tenant: string, origin: string): Answer {
    if (tenant !== this.organization.tenantId) return this.#refuse(unknownTenant(tenant, 'invalid_tenant'));
    const authority = `${origin}/${tenant}`;
    return document({
      issuer: `${authority}/v2.0`,
      token_endpoint: `${authority}/oauth2/v2.0/token`,
      authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
      jwks_uri: `${authority}/discovery/v2.0/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      response_types_supported: ['token'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      claims_supported: ['aud', 'iss', 'iat', 'nbf', 'exp', 'appid', 'oid', 'sub', 'tid', 'ver'],
    });
  }

  /** Instance discovery: this origin is an authority, and its own only alias. */
  instances(origin: string): Answer {
    const { host } = new URL(origin);
    return document({
      tenant_discovery_endpoint: `${origin}/${this.organization.tenantId}/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  }

  async keys(): Promise<Answer> {
    return document(await this.organization.tokens.publicKeys());
  }

  /** Answers a request for a token, unless a fault does. */
  async token(exchange: TokenExchange): Promise<Ending> {
    const { faults } = this.organization;
    const { form, substitute, gone } = exchange;
    const clientId = form.get('client_id');
    const subject = { target: 'token', customApi: null, table: null, method: 'POST', clientId } as const;
    const struck = faults.take({ ...subject, body: () => form.toString() });
    const before = struck !== null && momentOf(struck.fault) === 'before-commit';
    const instead = before ? await befall(faults, { struck, answer: null, substitute, gone }) : null;
    const answer = instead === null ? await this.#decide(exchange) : null;
    const after = struck !== null && !before ? await befall(faults, { struck, answer, substitute, gone }) : null;
    const ending =
      instead ?? after ?? (answer === null ? { kind: 'gone' as const } : { kind: 'answer' as const, answer });
    this.#log(exchange, ending, struck?.fault.kind ?? null);
    return ending;
  }

  async #decide({ tenant, form, origin }: TokenExchange): Promise<Answer> {
    const { tenantId, origins, clock, users, tokens } = this.organization;
    if (tenant !== tenantId) return this.#refuse(unknownTenant(tenant, 'invalid_request'));
    const assertionAudiences = origins.flatMap((known) => [
      `${known}/${tenantId}/oauth2/v2.0/token`,
      `${known}/${tenantId}/v2.0`,
    ]);
    const request = { form, tenantId, assertionAudiences, resources: origins, now: clock.now() };
    const decision = await decideToken(request, users);
    if (decision.kind === 'refused') return this.#refuse(decision.refusal);
    const { token, expiresIn } = await tokens.issue(decision.user, decision.resource, `${origin}/${tenantId}/v2.0`);
    const granted = { token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token: token };
    return document(granted);
  }

  #refuse(refusal: EntraRefusal): Answer {
    const body = entraErrorBody(refusal, this.organization.clock.now());
    return { ...document(body), status: refusal.status, errorCode: `AADSTS${refusal.code}` };
  }

  #log({ url }: TokenExchange, ending: Ending, fault: string | null): void {
    const { clock, requests } = this.organization;
    const answer = 'answer' in ending ? ending.answer : null;
    requests.add({
      at: toRfc3339(clock.now()),
      method: 'POST',
      url,
      status: answer?.status ?? null,
      errorCode: answer?.errorCode ?? null,
      applicationUser: null,
      customApi: null,
      table: null,
      batchId: null,
      webServer: null,
      fault,
      committed: 0,
      duringRetryAfter: false,
    });
  }
}

/** The endpoints word the same cause differently. */
function unknownTenant(tenant: string, error: string): EntraRefusal {
  const message = `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`;
  return { ...ENTRA_REFUSALS.unknownTenant(message), error };
}

function document(body: unknown): Answer {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store, no-cache' };
  return { status: 200, headers, body: JSON.stringify(body), errorCode: null };
}
