import { openStore } from '../../src/outbox/open-store.js';
import { ManualClock } from '../support/manual-clock.js';
import { contractSuite } from './support/contract-suite.js';

contractSuite('SQLite in memory', async () => {
  const clock = new ManualClock();
  const store = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
  return { clock, store, soleOwner: true, close: () => store.close() };
});
