import type { FastifyInstance, FastifyRequest } from 'fastify';
import { JobsUnfinishedError } from '../async-service/jobs-unfinished.error.js';
import { readWebhookRoute } from '../async-service/read-webhook-route.js';
import type { Organization } from '../organization.js';
import { DEADLINE_SCHEMA, WEBHOOK_ROUTES_SCHEMA } from './schemas.js';

type IdleRequest = FastifyRequest<{ Querystring: { deadlineMs?: number } }>;
type RoutesRequest = FastifyRequest<{ Body: Readonly<Record<string, string>> }>;

/** The asynchronous service: its state, holding and releasing it; and the webhook routes. */
export function asyncRoutes(control: FastifyInstance, { asyncService, webhookRoutes }: Organization): void {
  control.get('/async-service', () => asyncService.state);
  control.post('/async-service/hold', () => {
    asyncService.hold();
    return asyncService.state;
  });
  control.post('/async-service/release', () => {
    asyncService.release();
    return asyncService.state;
  });
  control.get('/async-service/idle', { schema: { querystring: DEADLINE_SCHEMA } }, async ({ query }: IdleRequest) => {
    try {
      await asyncService.whenIdle(query.deadlineMs);
    } catch (error) {
      if (!(error instanceof JobsUnfinishedError)) throw error;
    }
    return asyncService.state;
  });
  control.get('/webhook-routes', () => Object.fromEntries(webhookRoutes));
  control.put('/webhook-routes', { schema: { body: WEBHOOK_ROUTES_SCHEMA } }, ({ body }: RoutesRequest, reply) => {
    const routes = Object.entries(body).map(([from, to]) => readWebhookRoute(from, to));
    const wrong = routes.find((route) => typeof route === 'string');
    if (wrong !== undefined) return reply.code(400).send({ statusCode: 400, error: 'Bad Request', message: wrong });
    webhookRoutes.clear();
    for (const route of routes) if (typeof route !== 'string') webhookRoutes.set(...route);
    return Object.fromEntries(webhookRoutes);
  });
}
