import { rm } from 'node:fs/promises';
import { openStore } from '../../src/outbox/open-store.js';
import { ManualClock } from '../support/manual-clock.js';
import { contractSuite } from './support/contract-suite.js';
import { temporaryFolder } from './support/temporary-folder.js';

contractSuite('SQLite on a file', async () => {
  const clock = new ManualClock();
  const folder = await temporaryFolder();
  const store = await openStore({ databaseUrl: `sqlite:${folder}/gateway.db`, role: 'owner', clock });
  const close = async () => {
    await store.close();
    await rm(folder, { recursive: true });
  };
  return { clock, store, soleOwner: true, close };
});
