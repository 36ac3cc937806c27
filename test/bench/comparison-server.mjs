// What accepting is compared with: the same Fastify, the same validation, the same answer; no access, no store, no Nest.
import { fastify } from 'fastify';
import { compileValidation } from '../../dist/contract/compiled-validation.js';
import { newEventId } from '../../dist/kernel/ids.js';
import { purchaseDefinition } from './contract.mjs';

const definition = await purchaseDefinition();
const faultsOf = compileValidation(definition);
const app = fastify();
app.post('/v1/events/customer-purchase', (request, reply) => {
  const faults = faultsOf(request.body);
  if (faults.length > 0) return reply.code(400).send({ errors: faults });
  const id = newEventId();
  const self = `/v1/events/${id}`;
  const acceptedAt = new Date().toISOString();
  return reply
    .code(202)
    .header('Location', self)
    .send({ id, type: definition.type, status: 'pending', acceptedAt, links: { self, attempts: `${self}/attempts` } });
});
process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
