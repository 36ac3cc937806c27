import type { Database } from './database.js';
import { ServerClock } from './server-clock.js';

const EVERY_MS = 10_000;

/** The quickest of so many round trips at the start tells the most. */
const FIRST_LOOKS = 3;

/** A clock that follows the server's until it is stopped. Rejects where the server cannot be asked. */
export async function readServerClock(database: Database): Promise<ServerClock & { readonly stop: () => void }> {
  const clock = new ServerClock();
  const look = async () => clock.learn(await database.readClock());
  for (let looks = 0; looks < FIRST_LOOKS; looks += 1) await look();
  const timer = setInterval(() => {
    look().catch(() => {
      // The server is away: the offset that is known goes on being true.
    });
  }, EVERY_MS).unref();
  return Object.assign(clock, { stop: () => clearInterval(timer) });
}
