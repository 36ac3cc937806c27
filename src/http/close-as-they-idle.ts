import type { Server } from 'node:http';

/** How long an answered connection may hold up a stop. */
const LOOK_EVERY_MS = 20;
/** How long a request under way may hold it up: one that is still incomplete then was not accepted, and comes again. */
const LAST_ANSWERS_MS = 2_000;
/** What a look counts at most: a pause of this very process is none of its clients', who are heard after it. */
const LONGEST_LOOK_MS = 500;

/**
 * Lets a stopping server end as soon as its last answer is out. Node closes the connections that are idle when the stop
 * begins; one that is answered after that would be kept open for the client's next request, and one that never
 * completes its request for ever, for a closing server no longer looks at its timeouts.
 */
export function closeAsTheyIdle(server: Server): void {
  let leftMs = LAST_ANSWERS_MS;
  let lookedAt = performance.now();
  const looks = setInterval(() => {
    const now = performance.now();
    leftMs -= Math.min(now - lookedAt, LONGEST_LOOK_MS);
    lookedAt = now;
    if (leftMs > 0) server.closeIdleConnections();
    else server.closeAllConnections();
  }, LOOK_EVERY_MS);
  server.once('close', () => clearInterval(looks));
}
