import { expect, it } from '@jest/globals';
import { newEvent } from '../support/events.js';
import { dead } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about recognising keys without storing anything. */
export function recall(current: CurrentFixture): void {
  it('answers as an append would where the key is known, and null where it is new', async () => {
    const { store, clock } = current();
    const first = newEvent();
    await store.outbox.append([first]);
    const repeat = newEvent({ key: first.key });
    const reuse = newEvent({ key: first.key, fingerprint: 'b3RoZXI' });
    const elsewhere = newEvent({ key: first.key, client: 'erp' });
    expect(await store.outbox.recall([newEvent(), repeat, reuse, elsewhere])).toEqual([
      null,
      { kind: 'repeated', id: first.id, status: 'pending', acceptedAt: clock.now() },
      { kind: 'conflicting', id: first.id },
      null,
    ]);
  });

  it('tells the status of today', async () => {
    const { store } = current();
    const id = await dead(store, { key: 'P-1' });
    expect(await store.outbox.recall([newEvent({ key: 'P-1' })])).toMatchObject([{ id, status: 'dead' }]);
  });

  it('stores nothing', async () => {
    const { store } = current();
    const event = newEvent();
    await store.outbox.recall([event, event]);
    expect(await store.outbox.find(event.id)).toBeNull();
    expect(await store.outbox.recall([])).toEqual([]);
    expect((await store.outbox.measure()).counts).toEqual([]);
  });
}
