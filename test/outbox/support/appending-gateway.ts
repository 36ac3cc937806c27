/**
 * A process that accepts a number of events, so many at a time, and says `A <id>` for each one accepted, `N` for each one
 * surely not stored and `U` where that is unknown. Exits with 7 where the store failed, as the gateway must.
 */
import { SystemClock } from '../../../src/kernel/clock.js';
import { openStore } from '../../../src/outbox/open-store.js';
import { StorageError } from '../../../src/outbox/storage.error.js';
import { newEvent } from './events.js';

const [databaseUrl = '', rounds = '1', concurrency = '1'] = process.argv.slice(2);

const store = await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
const failed = store.failed.then(() => process.exit(7));

process.stdout.write('opened\n');
for (let round = 0; round < Number(rounds); round += 1) {
  await Promise.all(Array.from({ length: Number(concurrency) }, acceptOne));
}
await Promise.race([failed, store.close()]);

async function acceptOne(): Promise<void> {
  try {
    for (const { id } of await store.outbox.append([newEvent()])) process.stdout.write(`A ${id}\n`);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    process.stdout.write(error.code === 'storage-unknown' ? 'U\n' : 'N\n');
  }
}
