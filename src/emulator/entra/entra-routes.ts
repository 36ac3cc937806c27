import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Organization } from '../organization.js';
import type { Answer } from '../server/answer.js';
import { bytesOf, gone, originOf } from '../server/exchange-facts.js';
import type { RawSockets } from '../server/raw-sockets.js';
import { send } from '../server/send.js';
import { faultAnswer } from '../web-api/fault-answer.js';
import { Entra } from './entra.js';

type TenantRequest = FastifyRequest<{ Params: { tenant: string } }>;

/** Puts Entra beside the Web API: the authority is the same origin. */
export function entraRoutes(api: FastifyInstance, organization: Organization, sockets: RawSockets): void {
  const entra = new Entra(organization);
  const document = (answer: Answer, request: FastifyRequest, reply: FastifyReply) =>
    send({ kind: 'answer', answer }, { request, reply }, sockets);
  api.get('/common/discovery/instance', (request, reply) =>
    document(entra.instances(originOf(request)), request, reply),
  );
  api.get('/:tenant/v2.0/.well-known/openid-configuration', (request: TenantRequest, reply) =>
    document(entra.discovery(request.params.tenant, originOf(request)), request, reply),
  );
  api.get('/:tenant/discovery/v2.0/keys', async (request, reply) => document(await entra.keys(), request, reply));
  api.post('/:tenant/oauth2/v2.0/token', async (request: TenantRequest, reply) => {
    const ending = await entra.token({
      tenant: request.params.tenant,
      form: new URLSearchParams(bytesOf(request).toString('utf8')),
      url: request.url,
      origin: originOf(request),
      gone: gone(request),
      substitute: (fault) => faultAnswer(fault, originOf(request), organization),
    });
    return send(ending, { request, reply }, sockets);
  });
}
