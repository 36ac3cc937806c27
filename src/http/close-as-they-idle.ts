import type { Server } from 'node:http';

/** How long an answered connection may hold up a stop. */
const LOOK_EVERY_MS = 20;

/**
 * Lets a stopping server end as soon as its last answer is out. Node closes the connections that are idle when the stop
 * begins; one that is answered after that would be kept open for the client's next request.
 */
export function closeAsTheyIdle(server: Server): void {
  const timer = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
  server.once('close', () => clearInterval(timer));
}
