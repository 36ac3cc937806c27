/** A command that stores an event and comes to its end without closing the store. */
import { SystemClock } from '../../../src/kernel/clock.js';
import { openStore } from '../../../src/outbox/open-store.js';
import { accept } from './events.js';

const [databaseUrl = ''] = process.argv.slice(2);

const store = await openStore({ databaseUrl, role: 'guest', clock: new SystemClock() });
process.stdout.write(`${(await accept(store, {})).join()}\n`);
