import { SystemClock } from '../../src/kernel/clock.js';
import { openStore } from '../../src/outbox/open-store.js';
import { ManualClock } from './manual-clock.js';

/** How many events are overdue once so many seconds have passed; the store, which a gateway may use, has them marked so. */
export async function overdueIn(seconds: number, databaseUrl: string): Promise<number> {
  const clock = new ManualClock(new SystemClock().now() + seconds * 1_000);
  const store = await openStore({ databaseUrl, role: 'guest', clock });
  const counts = await store.receipts.markOverdue(10);
  await store.close();
  return counts.reduce((sum, { count }) => sum + count, 0);
}
