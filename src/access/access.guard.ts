import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem.error.js';
import { ACCESS_RULE, type AccessRule } from './access-rule.js';
import { Authenticator } from './authenticator.js';
import { ClientRates } from './client-rates.js';
import { credentialOf } from './credential.js';
import { mayPublish, type Principal } from './principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every endpoint that is not public, before its handler runs. */
    principal: Principal | null;
  }
}

const CHALLENGE = 'Bearer realm="business-events-gateway"';

/**
 * Stands before every controller: who calls (401), and may they (403). Closed by default; `@Public()` opens. It is asked
 * twice: before the body is read, so that strangers cannot make us read one, and by Nest for the endpoint's rule.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly rules = new Map<unknown, AccessRule | null>();

  constructor(
    private readonly authenticator: Authenticator,
    private readonly rates: ClientRates,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const rule = this.ruleOf(context);
    if (rule?.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.principal !== null) return permit(rule, request.principal);
    const principal = this.identify(request);
    return principal instanceof Promise ? principal.then((known) => permit(rule, known)) : permit(rule, principal);
  }

  /** Tells who calls, keeps it with the request and counts it. Throws (or rejects with) a 401 or 429 problem. */
  identify(request: FastifyRequest): Principal | Promise<Principal> {
    const credential = credentialOf(request.headers);
    if (credential === null) throw unauthenticated('This endpoint needs an API key.', CHALLENGE);
    const found = this.authenticator.authenticate(credential);
    return found instanceof Promise
      ? found.then((principal) => this.admit(request, principal))
      : this.admit(request, found);
  }

  private admit(request: FastifyRequest, principal: Principal | null): Principal {
    const known = requirePrincipal(principal);
    request.principal = known;
    this.rates.admit(known);
    return known;
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

function requirePrincipal(principal: Principal | null): Principal {
  if (principal !== null) return principal;
  throw unauthenticated('The API key is not valid, or no longer valid.', `${CHALLENGE}, error="invalid_token"`);
}

function permit(rule: AccessRule | null, principal: Principal): boolean {
  if (rule?.kind === 'publish' && !mayPublish(principal, rule.type)) {
    throw new ProblemError('forbidden', `This client may not publish ${rule.type}.`);
  }
  if (rule?.kind === 'roles' && !rule.roles.some((role) => principal.roles.includes(role))) {
    throw new ProblemError('forbidden', `This needs the role ${rule.roles.join(' or ')}.`);
  }
  return true;
}

function unauthenticated(detail: string, challenge: string): ProblemError {
  return new ProblemError('unauthenticated', detail, { headers: { 'WWW-Authenticate': challenge } });
}
