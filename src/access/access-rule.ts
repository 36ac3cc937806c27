import { applyDecorators, SetMetadata } from '@nestjs/common';
import { AddRouteConfig } from '../http/add-route-config.js';
import type { Role } from './principal.js';

/** Who may call an endpoint. Without a rule: every caller with a valid credential. */
export type AccessRule =
  | { readonly kind: 'public' }
  | { readonly kind: 'roles'; readonly roles: readonly Role[] }
  | { readonly kind: 'publish'; readonly type: string };

/** Where the rule stands on a handler or its class. */
export const ACCESS_RULE = Symbol('access rule');

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bodies are read from callers without credentials, too. */
    readonly isPublic?: boolean;
  }
}

/** Open to everybody; on a method, not on a class. */
export function Public(): MethodDecorator {
  return applyDecorators(SetMetadata(ACCESS_RULE, { kind: 'public' }), AddRouteConfig({ isPublic: true }));
}

/** Open to principals with any of these roles. */
export function Roles(...roles: readonly Role[]): MethodDecorator & ClassDecorator {
  return SetMetadata(ACCESS_RULE, { kind: 'roles', roles } satisfies AccessRule);
}

/** Open to clients that may publish this event type. */
export function Publishes(type: string): MethodDecorator {
  return SetMetadata(ACCESS_RULE, { kind: 'publish', type } satisfies AccessRule);
}
