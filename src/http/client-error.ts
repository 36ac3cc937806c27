import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { answerSocket } from './answer-socket.js';
import { mayTakeLong } from './long-requests.js';
import type { ProblemSlug } from './problem-types.js';

const BY_CODE: Readonly<Record<string, { readonly slug: ProblemSlug; readonly detail: string }>> = {
  HPE_HEADER_OVERFLOW: { slug: 'headers-too-large', detail: 'Request line and headers exceed 16 KiB.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { slug: 'payload-too-large', detail: 'The chunk extensions exceed 16 KiB.' },
  ERR_HTTP_REQUEST_TIMEOUT: { slug: 'request-timeout', detail: 'The request did not arrive in time.' },
};
const MALFORMED = { slug: 'malformed-request', detail: 'The request breaks the rules of HTTP/1.1.' } as const;

/**
 * Node keeps the answer that is next on this connection on the socket; its own default for such errors reads it, too.
 */
interface HttpSocket extends Socket {
  readonly _httpMessage?: ServerResponse | null;
}

/**
 * Answers a request that the HTTP parser gave up on, so that no route ever saw it. The next request on such a
 * connection cannot be found, so the connection is closed. Earlier requests on it are answered first: a 400 in place of
 * their 202 would say that a stored event was not stored. For the same reason a stream is cut off without such an
 * answer: its client goes by the answers it already has.
 */
export function answerClientError(error: Error & { readonly code?: string }, socket: HttpSocket): void {
  // Node reports this once and does nothing about it.
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && mayTakeLong(socket)) return;
  const answer = socket._httpMessage;
  if (isOfConnection(error) || mayTakeLong(socket)) socket.destroy();
  else if (!socket.writable) socket.destroySoon();
  else if (answer?.req.complete === true) answer.once('close', () => answerClientError(error, socket));
  // The broken request had its answer before: it was refused by its head, or was too long.
  else if (answer?.headersSent === true) socket.destroySoon();
  else refuse(error, socket);
}

/** A reset, or a TLS handshake that failed: there is nobody to answer. */
function isOfConnection({ code = '' }: Error & { readonly code?: string }): boolean {
  return code !== 'ERR_HTTP_REQUEST_TIMEOUT' && !code.startsWith('HPE_');
}

function refuse({ code = '' }: Error & { readonly code?: string }, socket: Socket): void {
  const { slug, detail } = BY_CODE[code] ?? MALFORMED;
  answerSocket(socket, slug, detail);
}
