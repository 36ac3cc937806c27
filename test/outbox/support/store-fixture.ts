import type { Store } from '../../../src/outbox/store.js';
import type { ManualClock } from '../../support/manual-clock.js';

/** A fresh, empty store for one test, on whichever engine the suite is run for. */
export interface StoreFixture {
  /** Decides the store's time; stands still unless a test moves it. */
  readonly clock: ManualClock;
  readonly store: Store;
  /** Whether one process owns the store, so that whatever another owner holds is lost, long before its time. */
  readonly soleOwner: boolean;
  close(): Promise<void>;
}

/** A suite's view of the fixture of the test under way. */
export type CurrentFixture = () => StoreFixture;
