import type { Socket } from 'node:net';
import { answerSocket } from './answer-socket.js';
import type { ProblemSlug } from './problem-types.js';

const BY_CODE: Readonly<Record<string, { readonly slug: ProblemSlug; readonly detail: string }>> = {
  HPE_HEADER_OVERFLOW: { slug: 'headers-too-large', detail: 'Request line and headers exceed 16 KiB.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { slug: 'payload-too-large', detail: 'The chunk extensions exceed 16 KiB.' },
  ERR_HTTP_REQUEST_TIMEOUT: { slug: 'request-timeout', detail: 'The request did not arrive in time.' },
};
const MALFORMED = { slug: 'malformed-request', detail: 'The request breaks the rules of HTTP/1.1.' } as const;

/**
 * Answers a request that the HTTP parser gave up on, so that no route ever saw it. There is no way to find the next
 * request on such a connection: it is closed.
 */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { slug, detail } = BY_CODE[error.code ?? ''] ?? MALFORMED;
  answerSocket(socket, slug, detail);
}
