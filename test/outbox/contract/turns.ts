import { expect, it } from '@jest/globals';
import type { Store } from '../../../src/outbox/store.js';
import { accept, claim, DELIVERED, retryIn, settlementOf } from '../support/events.js';
import { dead, REPLAY } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about who comes first when more is due than can be sent. */
export function turns(current: CurrentFixture): void {
  const of = (client: string, count: number, type = 'CustomerPurchase') =>
    Array.from({ length: count }, () => ({ client, type }));

  it('lets clients take turns, whatever the size of their backlogs', async () => {
    const { store } = current();
    await accept(store, ...of('a', 30), ...of('b', 2), ...of('c', 5));
    expect(await clientsOf(store, 8)).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'c']);
  });

  it('goes on behind the client that was served last', async () => {
    const { store } = current();
    await accept(store, ...of('a', 9), ...of('b', 9), ...of('c', 9));
    const served: string[] = [];
    for (const limit of [1, 1, 2, 1, 3]) served.push(...(await clientsOf(store, limit)));
    expect(served.join('')).toBe('abcabcab');
  });

  it('lets no backlog of one type starve another client’s events of another type', async () => {
    const { store } = current();
    await accept(store, ...of('a', 40), ...of('b', 3, 'VendorPaymentPosted'));
    expect(await clientsOf(store, 6)).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  });

  it('gives what one client leaves to the others', async () => {
    const { store } = current();
    await accept(store, ...of('a', 1), ...of('b', 50), ...of('c', 1));
    expect((await clientsOf(store, 20)).filter((client) => client === 'b')).toHaveLength(18);
  });

  it('serves every one of many clients before any of them twice', async () => {
    const { store } = current();
    const clients = Array.from({ length: 60 }, (_, n) => `client-${String(n).padStart(2, '0')}`);
    await accept(store, ...clients.flatMap((client) => of(client, 3)));
    const served: string[] = [];
    for (let round = 0; round < 6; round += 1) served.push(...(await clientsOf(store, 10)));
    expect(served.sort()).toEqual(clients);
  });

  it('keeps the turns of claims for other types apart', async () => {
    const { store } = current();
    await accept(store, ...['a', 'b'].flatMap((client) => [...of(client, 9), ...of(client, 9, 'VendorPaymentPosted')]));
    const served: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      served.push(...(await clientsOf(store, 1, 'CustomerPurchase')));
      await clientsOf(store, 1, 'VendorPaymentPosted');
    }
    expect(served.join('')).toBe('abab');
  });

  it('hands out what was due first of one client, one given back behind all that wait', async () => {
    const { store, clock } = current();
    const [first, second, third] = await accept(store, ...of('a', 3));
    clock.set(clock.now() + 10);
    const [event] = await claim(store, { limit: 1 });
    if (event === undefined) throw new Error('three events are due');
    await store.outbox.settle([settlementOf(event, retryIn(0))]);
    expect(event.id).toBe(first);
    expect((await claim(store)).map(({ id }) => id)).toEqual([second, third, first]);
  });

  it('sends replayed events after live ones, of whichever client and type', async () => {
    const { store, clock } = current();
    const replayed = [await dead(store), await dead(store, { client: 'b', type: 'VendorPaymentPosted' })];
    for (const id of replayed) await store.actions.replay(id, REPLAY);
    clock.set(clock.now() + 1000);
    const live = await accept(store, ...of('a', 3), ...of('c', 1, 'VendorPaymentPosted'));
    const first = await claim(store, { limit: 3 });
    expect(first.every(({ id }) => live.includes(id))).toBe(true);
    const rest = (await claim(store, { limit: 3 })).map(({ id }) => id);
    expect(live).toContain(rest[0]);
    expect(new Set(rest.slice(1))).toEqual(new Set(replayed));
  });

  it('keeps a replayed event behind live ones when it is tried again', async () => {
    const { store } = current();
    const id = await dead(store);
    await store.actions.replay(id, REPLAY);
    const [event] = await claim(store);
    if (event === undefined) throw new Error('the replayed event is due');
    await store.outbox.settle([settlementOf(event, retryIn(0))]);
    await accept(store, {});
    expect((await claim(store)).map((claimed) => claimed.id).indexOf(id)).toBe(1);
  });

  it('keeps to the limit of each type, over live and replayed ones together', async () => {
    const { store } = current();
    await store.actions.replay(await dead(store), REPLAY);
    await accept(store, ...of('a', 1), ...of('b', 2, 'VendorPaymentPosted'));
    const wanted = [
      { type: 'CustomerPurchase', limit: 1 },
      { type: 'VendorPaymentPosted', limit: 9 },
    ];
    expect((await claim(store, { wanted })).map(({ type }) => type)).toEqual([
      'CustomerPurchase',
      'VendorPaymentPosted',
      'VendorPaymentPosted',
    ]);
    expect(await claim(store, { wanted })).toHaveLength(1);
  });

  async function clientsOf(store: Store, limit: number, type?: string): Promise<readonly string[]> {
    const facts = type === undefined ? { limit } : { limit, wanted: [{ type, limit }] };
    const events = await claim(store, facts);
    await store.outbox.settle(events.map((event) => settlementOf(event, DELIVERED)));
    return events.map(({ client }) => client);
  }
}
