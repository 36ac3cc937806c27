import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem.error.js';
import { AccessJournal } from './access-journal.js';
import { ACCESS_RULE, type AccessRule } from './access-rule.js';
import { ClientRates } from './client-rates.js';
import { credentialOf } from './credential.js';
import { Credentials } from './credentials.js';
import { FailingNetworks } from './failing-networks.js';
import { originOf } from './origin-of.js';
import { mayPublish, type Principal } from './principal.js';
import { Refusal } from './refusal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every endpoint that is not public, before its handler runs. */
    principal: Principal | null;
  }
}

/** RFC 6750, section 3. */
const CHALLENGE = 'Bearer realm="business-events-gateway"';
const INVALID = { 'WWW-Authenticate': `${CHALLENGE}, error="invalid_token"` };
const INSUFFICIENT = { 'WWW-Authenticate': `${CHALLENGE}, error="insufficient_scope"` };

/**
 * Stands before every controller: who calls (401), may they do this (403), and do they keep to their rate (429). Closed
 * by default; `@Public()` opens an endpoint. It is asked twice: before the body is read, so that strangers cannot make
 * us read one, and by Nest for the endpoint's rule.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly rules = new Map<unknown, AccessRule | null>();

  constructor(
    private readonly credentials: Credentials,
    private readonly failing: FailingNetworks,
    private readonly rates: ClientRates,
    private readonly journal: AccessJournal,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const rule = this.ruleOf(context);
    if (rule?.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.principal !== null) return this.permit(rule, request.principal);
    const principal = this.identify(request);
    if (principal instanceof Promise) return principal.then((known) => this.permit(rule, known));
    return this.permit(rule, principal);
  }

  /** Finds out who calls, keeps it with the request and counts the request. Throws (or rejects with) a problem. */
  identify(request: FastifyRequest): Principal | Promise<Principal> {
    const known = this.recognize(request);
    return known instanceof Promise ? known.then((principal) => this.admit(principal)) : this.admit(known);
  }

  /**
   * Like `identify`, but counts nothing towards the client's rate: for a request that was let in and goes on for long,
   * whose credential may have ended since. An answer is kept in memory for two seconds.
   */
  recognize(request: FastifyRequest): Principal | Promise<Principal> {
    const credential = credentialOf(request.headers);
    if (credential === null) throw this.missing();
    const found = this.credentials.identify(credential, () => originOf(request));
    if (!(found instanceof Promise)) return this.keep(request, found);
    return found.then(
      (known) => this.keep(request, known),
      (error: unknown) => this.unknowable(error),
    );
  }

  private keep(request: FastifyRequest, found: Principal | Refusal): Principal {
    if (found instanceof Refusal) throw this.refused(request, found);
    request.principal = found;
    request.bodyHolder = found.client;
    return found;
  }

  private admit(principal: Principal): Principal {
    this.rates.admit(principal);
    return principal;
  }

  private permit(rule: AccessRule | null, principal: Principal): boolean {
    if (rule?.kind === 'publish' && !mayPublish(principal, rule.type)) {
      throw forbidden(`This client may not publish ${rule.type}.`);
    }
    if (rule?.kind === 'roles' && !rule.roles.some((role) => principal.roles.includes(role))) {
      throw forbidden(`This needs the role ${rule.roles.join(' or ')}.`);
    }
    return true;
  }

  private missing(): ProblemError {
    this.journal.refused('credential-missing');
    const headers = { 'WWW-Authenticate': CHALLENGE };
    return new ProblemError('unauthenticated', 'This endpoint needs an API key or a token.', { headers });
  }

  private refused(request: FastifyRequest, { kind, detail }: Refusal): ProblemError {
    if (kind === 'forbidden') return forbidden(detail);
    const waitSeconds = this.failing.fail(originOf(request));
    this.journal.refused(waitSeconds === null ? 'credential-invalid' : 'credential-slowed');
    if (waitSeconds === null) return new ProblemError('unauthenticated', detail, { headers: INVALID });
    const headers = { ...INVALID, 'Retry-After': String(waitSeconds) };
    return new ProblemError('credentials-slowed', `${detail} Too many from this address were not.`, { headers });
  }

  private unknowable(error: unknown): never {
    if (error instanceof ProblemError && error.slug === 'issuer-unavailable') this.journal.refused(error.slug);
    throw error;
  }

  /** Metadata is read once per handler: it never changes, and reflection costs as much as hashing a key. */
  private ruleOf(context: ExecutionContext): AccessRule | null {
    const handler = context.getHandler();
    const known = this.rules.get(handler);
    if (known !== undefined) return known;
    const targets = [handler, context.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, targets) ?? null;
    this.rules.set(handler, rule);
    return rule;
  }
}

/** The caller that answers with this problem also counts it: the module, for every endpoint. */
function forbidden(detail: string): ProblemError {
  return new ProblemError('forbidden', detail, { headers: INSUFFICIENT });
}
