import type { Database } from './database.js';
import { ServerClock } from './server-clock.js';

const EVERY_MS = 10_000;

/** Round trips at the start: the quickest of them tells the most. */
const FIRST_LOOKS = 3;

/** A clock that follows the server's until it is stopped. Rejects where the server cannot be asked. */
export async function readServerClock(database: Database): Promise<ServerClock & { readonly stop: () => void }> {
  const clock = new ServerClock();
  const look = async () => clock.learn(await database.readClock());
  for (let looks = 0; looks < FIRST_LOOKS; looks += 1) await look();
  const timer = setInterval(() => {
    look().catch(() => {
      // The server cannot be reached: the last known offset stays valid.
    });
  }, EVERY_MS).unref();
  return Object.assign(clock, { stop: () => clearInterval(timer) });
}
