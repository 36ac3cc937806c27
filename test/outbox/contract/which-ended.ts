import { expect, it } from '@jest/globals';
import { newEventId } from '../../../src/kernel/ids.js';
import { accept, claim } from '../support/events.js';
import { ANN, cancelled, dead, delivered, REPLAY } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about looking at many events at once. */
export function whichEnded(current: CurrentFixture): void {
  it('tells those that are delivered, dead or cancelled, and no others', async () => {
    const { store } = current();
    const ended = [await delivered(store), await dead(store), await cancelled(store)];
    const [leased = ''] = await accept(store, {});
    await claim(store);
    const [waiting = ''] = await accept(store, {});
    const asked = [newEventId(), waiting, leased, ...ended];
    expect([...(await store.outbox.whichEnded(asked))].sort()).toEqual([...ended].sort());
  });

  it('tells no more of one that was replayed', async () => {
    const { store } = current();
    const id = await dead(store);
    await store.actions.replay(id, REPLAY);
    expect(await store.outbox.whichEnded([id])).toEqual([]);
    await store.actions.cancel(id, ANN);
    expect(await store.outbox.whichEnded([id])).toEqual([id]);
  });

  it('tells nothing where nothing is asked, and takes thousands', async () => {
    const { store } = current();
    expect(await store.outbox.whichEnded([])).toEqual([]);
    const id = await delivered(store);
    const many = Array.from({ length: 3_000 }, newEventId);
    expect(await store.outbox.whichEnded([...many, id])).toEqual([id]);
  });
}
