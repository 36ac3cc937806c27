import { RouteConfig } from '@nestjs/platform-fastify';
import { FASTIFY_ROUTE_CONFIG_METADATA } from '@nestjs/platform-fastify/constants.js';
import type { FastifyContextConfig } from 'fastify';

/** Adds to the configuration of a route. Nest's own decorator replaces what another one said before. */
export function AddRouteConfig(config: Partial<FastifyContextConfig>): MethodDecorator {
  return (target, name, descriptor) => {
    const before: object = Reflect.getMetadata(FASTIFY_ROUTE_CONFIG_METADATA, descriptor.value as object) ?? {};
    RouteConfig({ ...before, ...config })(target, name, descriptor);
  };
}
