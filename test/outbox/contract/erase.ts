import { expect, it } from '@jest/globals';
import { newEventId } from '../../../src/kernel/ids.js';
import { accept, claimOne, newEvent } from '../support/events.js';
import { ANN, cancelled, dead, delivered } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about removing one event's content for good. */
export function erase(current: CurrentFixture): void {
  it.each([
    ['delivered', delivered],
    ['dead', dead],
    ['cancelled', cancelled],
  ])('removes the content of a %s event and keeps all else', async (status, prepare) => {
    const { store } = current();
    const id = await prepare(store, { key: 'P-1' });
    const { data: _, ...facts } = { ...(await store.outbox.find(id)) };
    expect(await store.actions.erase(id, ANN)).toEqual({ kind: 'done', event: facts });
    expect(await store.outbox.find(id)).toEqual({ ...facts, status, data: null });
  });

  it('still tells a repeat from other content under the same key', async () => {
    const { store } = current();
    const id = await delivered(store, { key: 'P-1' });
    await store.actions.erase(id, ANN);
    const [repeat, reuse] = [newEvent({ key: 'P-1' }), newEvent({ key: 'P-1', fingerprint: 'b3RoZXI' })];
    expect((await store.outbox.append([repeat, reuse])).map(({ kind }) => kind)).toEqual(['repeated', 'conflicting']);
  });

  it('refuses an event that may still be sent', async () => {
    const { store } = current();
    const [id = ''] = await accept(store, {});
    expect(await store.actions.erase(id, ANN)).toEqual({ kind: 'illegal', status: 'pending' });
    await claimOne(store);
    expect(await store.actions.erase(id, ANN)).toEqual({ kind: 'illegal', status: 'delivering' });
    expect((await store.outbox.find(id))?.data).not.toBeNull();
  });

  it('says so where there is no such event, or nothing to erase', async () => {
    const { store } = current();
    expect(await store.actions.erase(newEventId(), ANN)).toEqual({ kind: 'not-found' });
    const id = await delivered(store);
    await store.actions.erase(id, ANN);
    expect(await store.actions.erase(id, ANN)).toEqual({ kind: 'no-data', status: 'delivered' });
  });

  it('is audited once', async () => {
    const { store } = current();
    const id = await delivered(store);
    await store.actions.erase(id, { by: 'ann', reason: 'asked by the customer' });
    await store.actions.erase(id, ANN);
    const lines = await store.audit.list({ before: null, limit: 9 });
    expect(lines).toMatchObject([{ by: 'ann', action: 'event.erase', subject: id, detail: 'asked by the customer' }]);
  });
}
