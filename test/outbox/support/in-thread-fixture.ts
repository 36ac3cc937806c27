import type { StoreRole } from '../../../src/outbox/store.js';
import { ManualClock } from '../../support/manual-clock.js';
import { openInThread } from './in-thread-store.js';
import type { StoreFixture } from './store-fixture.js';

/** An empty store in the test's own thread, by a clock that stands still. */
export async function openInThisThread(role: StoreRole): Promise<StoreFixture> {
  const clock = new ManualClock();
  const store = openInThread(clock, role);
  return { clock, store, soleOwner: role === 'owner', close: () => store.close() };
}
