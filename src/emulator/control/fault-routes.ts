import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Fault } from '../faults/fault.js';
import { faultyOrder } from '../faults/faulty-order.js';
import type { Organization } from '../organization.js';
import { FAULT_SCHEMA } from './schemas.js';

type FaultRequest = FastifyRequest<{ Body: Fault }>;

/** Faults on demand. */
export function faultRoutes(control: FastifyInstance, { faults }: Organization): void {
  control.get('/faults', () => faults.list());
  control.post('/faults', { schema: { body: FAULT_SCHEMA } }, (request: FaultRequest, reply) => {
    const detail = faultyOrder(request.body);
    if (detail !== null) return reply.code(400).send({ statusCode: 400, error: 'Bad Request', message: detail });
    faults.order(request.body);
    return reply.code(201).send(request.body);
  });
  control.delete('/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
  control.post('/faults/release', (_request, reply) => {
    faults.releaseHanging();
    return reply.code(204).send();
  });
}
