import type { FastifyReply } from 'fastify';
import { pathOf } from '../../http/send-problem.js';
import { type ItemOutcome, retryAfterOf } from '../item-outcome.js';
import { renderItemMembers } from './render-item-members.js';

/** Answers a request for several events: 207 where an item was refused. Results stand in the order of the outcomes. */
export function sendBatchResult(reply: FastifyReply, outcomes: readonly ItemOutcome[]): void {
  const counts = { accepted: 0, repeated: 0, refused: 0 };
  for (const { kind } of outcomes) counts[kind]++;
  const { accepted, repeated, refused } = counts;
  const instance = pathOf(reply.request);
  const results = outcomes.map((outcome) => `{${renderItemMembers(outcome, instance)}}`).join(',');
  // A temporary refusal is the same for all new events of a request: the first one tells when to come again for all of
  // them.
  const retryAfter = outcomes.map(retryAfterOf).find((seconds) => seconds !== null);
  if (retryAfter !== undefined) reply.header('Retry-After', retryAfter);
  reply
    .code(refused === 0 ? 202 : 207)
    .header('Content-Type', 'application/json; charset=utf-8')
    .send(`{"accepted":${accepted},"repeated":${repeated},"refused":${refused},"results":[${results}]}`);
}
