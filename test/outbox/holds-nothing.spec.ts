import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ClientsService } from '../../src/access/clients.service.js';
import { holdsNothing } from '../../src/outbox/holds-nothing.js';
import { openStore } from '../../src/outbox/open-store.js';
import type { Store } from '../../src/outbox/store.js';
import { ManualClock } from '../support/manual-clock.js';
import { accept } from './support/events.js';
import { delivered } from './support/lives.js';

let store: Store;
let clock: ManualClock;
beforeEach(async () => {
  clock = new ManualClock();
  store = await openStore({ databaseUrl: 'sqlite::memory:', role: 'owner', clock });
});
afterEach(() => store.close());

describe('a store holds nothing', () => {
  it('when it is new', async () => {
    expect(await holdsNothing(store)).toBe(true);
  });

  it('but not once it has a client', async () => {
    await new ClientsService(store.clients, clock).create(
      { name: 'till', publish: ['*'], operator: false },
      'cli:test',
    );
    expect(await holdsNothing(store)).toBe(false);
  });

  it('nor once it has an event, of whomever', async () => {
    await accept(store, {});
    expect(await holdsNothing(store)).toBe(false);
  });

  it('nor after retention has removed all of its events', async () => {
    await delivered(store);
    expect(await store.housekeeping.removeEnded({ endedBefore: Date.UTC(2100, 0, 1), limit: 10 })).toBe(1);
    expect(await holdsNothing(store)).toBe(false);
  });
});
