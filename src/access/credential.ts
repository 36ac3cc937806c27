import type { IncomingHttpHeaders } from 'node:http';
import { ProblemError } from '../http/problem.error.js';

const BEARER = /^bearer +(\S+)$/i;
const OF_BEARER = /^bearer(?![^ ])/i;

/**
 * The credential of a request, or null: `Authorization: Bearer <key>` or `X-API-Key: <key>`. An `Authorization` of
 * another scheme beside the latter belongs to a proxy. Throws the 400 problem for two credentials: the gateway must not
 * guess which one counts.
 */
export function credentialOf(headers: IncomingHttpHeaders): string | null {
  const { authorization } = headers;
  const apiKey = headers['x-api-key'] as string | undefined;
  if (authorization === undefined) return apiKey ?? null;
  if (apiKey !== undefined) {
    if (!OF_BEARER.test(authorization)) return apiKey;
    throw new ProblemError('malformed-request', 'One credential per request: Authorization: Bearer, or X-API-Key.');
  }
  // The usual spelling needs no regular expression.
  if (authorization.startsWith('Bearer ') && authorization.indexOf(' ', 7) === -1) return authorization.slice(7);
  return BEARER.exec(authorization)?.[1] ?? '';
}
