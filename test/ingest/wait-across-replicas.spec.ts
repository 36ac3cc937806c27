import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventWatch } from '../../src/ingest/waiting/event-watch.js';
import { SystemClock } from '../../src/kernel/clock.js';
import { SystemTimers } from '../../src/kernel/timers.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { accept, claimOne, DELIVERED, settlementOf } from '../outbox/support/events.js';
import { sharedPostgres } from '../support/postgres-server.js';

/** Far more than a look comes late: who waits longer was not told. */
const LONG_MS = 60_000;

let replicas: readonly Store[];
beforeEach(async () => {
  const databaseUrl = await (await sharedPostgres()).createDatabase();
  const open = () => openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
  replicas = [await open(), await open()];
});
afterEach(() => Promise.all(replicas.map((store) => store.close())));

describe('a wait at one replica', () => {
  it('is over when another one has delivered the event', async () => {
    const [here, there] = replicas;
    if (here === undefined || there === undefined) throw new Error('not two replicas');
    const [id = ''] = await accept(here, {});
    const watch = new EventWatch(here.outbox, new SystemTimers());
    const begunAt = performance.now();
    const wait = watch.wait({ id, client: 'till', ms: LONG_MS, gone: new AbortController().signal });
    await there.outbox.settle([settlementOf(await claimOne(there), DELIVERED)]);
    expect(await wait).toBe(true);
    expect(performance.now() - begunAt).toBeLessThan(LONG_MS / 2);
    expect(await here.outbox.find(id)).toMatchObject({ status: 'delivered' });
  });
});
