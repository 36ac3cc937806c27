import type { Store } from '../../../src/outbox/store.js';
import type { ManualClock } from '../../support/manual-clock.js';

/** A fresh, empty store for one test, on whichever engine the suite is run for. */
export interface StoreFixture {
  /** Decides the store's time; stands still unless a test moves it. */
  readonly clock: ManualClock;
  readonly store: Store;
  close(): Promise<void>;
}

/** A suite's view of the fixture of the test under way. */
export type CurrentFixture = () => StoreFixture;
