import { openStore } from '../../src/outbox/open-store.js';
import { ManualClock } from '../support/manual-clock.js';
import { modelSuite } from './support/model-suite.js';

const open = async () => {
  const clock = new ManualClock();
  const store = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
  return { clock, store, soleOwner: true, close: () => store.close() };
};

modelSuite('SQLite in memory', open, 100);
