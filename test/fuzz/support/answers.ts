import type { ToldAnswer } from './lying-proxy.js';

const TRACED = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` };

/** The receipt of an event that nobody sent. */
export const RECEIPT = {
  id: '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70',
  type: 'CustomerPurchase',
  status: 'pending',
  acceptedAt: '2026-11-22T10:00:00.123Z',
  links: { self: '/v1/events/x', attempts: '/v1/events/x/attempts' },
};

/** An answer as a gateway gives it. */
export function answerOf(status: number, body: unknown, contentType = 'application/json'): ToldAnswer {
  return { status, headers: { ...TRACED, 'content-type': contentType }, body: JSON.stringify(body) };
}

/** A problem document. */
export function problemOf(status: number, slug: string, detail = 'x'): ToldAnswer {
  const problem = { type: `/problems/${slug}`, title: 'x', status, detail, instance: '/' };
  return answerOf(status, problem, 'application/problem+json');
}
