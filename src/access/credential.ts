import type { IncomingHttpHeaders } from 'node:http';

const BEARER = /^bearer +(\S+)$/i;

/** The credential a request brings, or null: `Authorization: Bearer <key>`, else `X-API-Key: <key>`. */
export function credentialOf(headers: IncomingHttpHeaders): string | null {
  const { authorization } = headers;
  if (authorization === undefined) return (headers['x-api-key'] as string | undefined) ?? null;
  // The usual spelling needs no regular expression.
  if (authorization.startsWith('Bearer ') && authorization.indexOf(' ', 7) === -1) return authorization.slice(7);
  return BEARER.exec(authorization)?.[1] ?? '';
}
