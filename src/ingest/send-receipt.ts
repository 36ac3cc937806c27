import type { FastifyReply } from 'fastify';
import { linksOf } from './event-links.js';
import type { Receipt } from './item-outcome.js';
import { renderReceipt } from './receipt.resource.js';

/** Answers a request for one event with its receipt; the status is the route's. */
export function sendReceipt(reply: FastifyReply, type: string, receipt: Receipt): void {
  reply.header('Content-Type', 'application/json; charset=utf-8').header('Location', linksOf(receipt.id).self);
  if (receipt.kind === 'repeated') reply.header('Idempotency-Replayed', 'true');
  reply.send(renderReceipt(type, receipt));
}
