// What accepting is compared with: the same HTTP server and the same validation, that only parses and answers 202; no
// access, no idempotency, no store, no Nest. BENCH_BARE=yes takes Fastify as it comes, with its own parser.
import { fastify } from 'fastify';
import { compileValidation } from '../../dist/contract/compiled-validation.js';
import { createHttpAdapter } from '../../dist/http/http-server.js';
import { newEventId } from '../../dist/kernel/ids.js';
import { purchaseDefinition } from './contract.mjs';

const isBare = process.env.BENCH_BARE === 'yes';
const definition = await purchaseDefinition();
const faultsOf = compileValidation(definition);
const app = isBare ? fastify() : createHttpAdapter().getInstance();
app.post('/v1/events/customer-purchase', (request, reply) => {
  const faults = faultsOf(isBare ? request.body : request.body.value);
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
