import type { Server } from 'node:http';
import type { LingeringConnections } from './lingering-connections.js';

/** How often idle connections are closed: an answered one delays a stop no longer than this. */
const LOOK_EVERY_MS = 20;
/**
 * How long requests under way may delay it. One that is still incomplete then was not accepted, and its client repeats
 * it.
 */
const LAST_ANSWERS_MS = 2_000;
/** The most that one look counts: a pause of this process must not be charged to its clients. */
const LONGEST_LOOK_MS = 500;

/**
 * Lets a stopping server end as soon as its last answer is out. Node itself closes only the connections that are idle
 * when the stop begins. It would keep a connection that is answered later open for the client's next request, and would
 * wait for ever for a request that never completes, for a closing server no longer checks its timeouts.
 */
export function closeAsTheyIdle(server: Server, lingering: LingeringConnections): void {
  let leftMs = LAST_ANSWERS_MS;
  let lookedAt = performance.now();
  const looks = setInterval(() => {
    const now = performance.now();
    leftMs -= Math.min(now - lookedAt, LONGEST_LOOK_MS);
    lookedAt = now;
    if (leftMs > 0) return server.closeIdleConnections();
    server.closeAllConnections();
    lingering.cut();
  }, LOOK_EVERY_MS);
  server.once('close', () => clearInterval(looks));
}
