import { expect, it } from '@jest/globals';
import { accept, newEvent } from '../support/events.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about its end. */
export function closing(current: CurrentFixture): void {
  it('finishes what was called before', async () => {
    const { store } = current();
    const calls = Array.from({ length: 20 }, () => store.outbox.append([newEvent()]));
    await store.close();
    expect((await Promise.all(calls)).flat().map(({ kind }) => kind)).toEqual(Array(20).fill('accepted'));
  });

  it('refuses what is called after, and may be closed again', async () => {
    const { store } = current();
    await accept(store, {});
    await Promise.all([store.close(), store.close()]);
    await store.close();
    await expect(store.outbox.append([newEvent()])).rejects.toMatchObject({ code: 'storage-closed' });
    await expect(store.gates.list()).rejects.toMatchObject({ code: 'storage-closed' });
  });
}
