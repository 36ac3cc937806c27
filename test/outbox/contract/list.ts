import { describe, expect, it } from '@jest/globals';
import type { EventFilter, ListedEvent } from '../../../src/outbox/event-query.js';
import type { Store } from '../../../src/outbox/store.js';
import { accept, claim, type newEvent } from '../support/events.js';
import { ANN, blocking, cancelled, dead, delivered } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about lists of events. */
export function list(current: CurrentFixture): void {
  it('gives back every fact but the content, the newest first', async () => {
    const { store } = current();
    const ids = await accept(store, {}, { orderingKey: 'V-1', source: 'store-2' }, { type: 'VendorPaymentPosted' });
    const found = await Promise.all(ids.map((id) => store.outbox.find(id)));
    const expected = found.map((event) => {
      const { data: _, ...listed } = { ...event };
      return listed;
    });
    const { events } = await store.outbox.list({ filter: {}, cursor: null, limit: 10 });
    expect(events).toEqual(expected.reverse());
  });

  it('knows nothing of an empty store', async () => {
    expect(await current().store.outbox.list({ filter: {}, cursor: null, limit: 10 })).toEqual({
      events: [],
      next: null,
    });
  });

  it('goes on where the page before ended, whatever came meanwhile', async () => {
    const { store } = current();
    const ids = await accept(store, ...Array.from({ length: 7 }, () => ({})));
    const first = await store.outbox.list({ filter: {}, cursor: null, limit: 3 });
    await accept(store, {});
    const second = await store.outbox.list({ filter: {}, cursor: first.next, limit: 3 });
    const third = await store.outbox.list({ filter: {}, cursor: second.next, limit: 3 });
    const seen = [first, second, third].flatMap(({ events }) => events.map(({ id }) => id));
    expect(seen).toEqual([...ids].reverse());
    expect(third.next).toBeNull();
  });

  describe('by filter', () => {
    it.each<[string, EventFilter, readonly string[]]>([
      ['client', { client: 'erp' }, ['v2', 'v1', 'e1']],
      ['type', { type: 'VendorPaymentPosted' }, ['v2', 'v1']],
      ['status dead', { status: 'dead' }, ['v1', 'p2']],
      ['status delivered', { status: 'delivered' }, ['p1']],
      ['status cancelled', { status: 'cancelled' }, ['e1']],
      ['status pending', { status: 'pending' }, ['p3', 'v2']],
      ['status delivering', { status: 'delivering' }, []],
      ['key of any client and type', { key: 'same' }, ['v2', 'p1']],
      ['key of one client', { key: 'same', client: 'pos' }, ['p1']],
      ['key of one type', { key: 'same', type: 'VendorPaymentPosted' }, ['v2']],
      ['ordering key', { orderingKey: 'V-1' }, ['v2', 'v1']],
      ['source', { source: 'store-9' }, ['p3', 'p2']],
      ['blocking', { blocking: true }, ['v1']],
      ['from an instant on', { from: Date.UTC(2026, 0, 5, 8, 3) }, ['p3', 'v2', 'v1']],
      ['before an instant', { to: Date.UTC(2026, 0, 5, 8, 2) }, ['p2', 'p1']],
      ['a stretch of time', { from: Date.UTC(2026, 0, 5, 8, 1), to: Date.UTC(2026, 0, 5, 8, 4) }, ['v1', 'e1', 'p2']],
      ['source and status', { source: 'store-9', status: 'dead' }, ['p2']],
      ['ordering key and status', { orderingKey: 'V-1', status: 'pending' }, ['v2']],
      ['client, type and blocking', { client: 'erp', type: 'VendorPaymentPosted', blocking: true }, ['v1']],
      ['everything at once', everything('v2'), ['v2']],
      ['a key nobody used', { key: 'unknown' }, []],
      ['a contradiction', { status: 'pending', blocking: true }, []],
    ])('finds by %s', async (_, filter, expected) => {
      const { store } = current();
      const names = await history(store);
      expect((await pages(store, filter, 50)).map(({ id }) => names.get(id))).toEqual(expected);
      expect((await pages(store, filter, 1)).map(({ id }) => names.get(id))).toEqual(expected);
    });
  });

  it('lists the head of a blocked key until it is released', async () => {
    const { store } = current();
    const id = await blocking(store, 'V-1');
    await accept(store, { orderingKey: 'V-1' });
    expect((await pages(store, { blocking: true }, 5)).map((event) => event.id)).toEqual([id]);
    await store.actions.cancel(id, ANN);
    expect(await pages(store, { blocking: true }, 5)).toEqual([]);
  });

  it('lists events under a lease', async () => {
    const { store } = current();
    await accept(store, {}, {});
    const [event] = await claim(store, { limit: 1 });
    expect(await pages(store, { status: 'delivering' }, 5)).toMatchObject([{ id: event?.id, status: 'delivering' }]);
  });

  it('comes to the end of a long history, however few events of it fit', async () => {
    const { store } = current();
    const [rare = ''] = await accept(store, { type: 'VendorPaymentPosted' });
    await accept(store, ...Array.from({ length: 5000 }, () => ({})));
    expect((await pages(store, { type: 'VendorPaymentPosted' }, 10)).map(({ id }) => id)).toEqual([rare]);
    expect(await pages(store, { type: 'Unknown' }, 10)).toEqual([]);
  });

  /** Every way an event can stand, a minute apart; by name. */
  async function history(store: Store): Promise<ReadonlyMap<string, string>> {
    const { clock } = current();
    const names = new Map<string, string>();
    const note = async (name: string, id: Promise<string>) => {
      names.set(await id, name);
      clock.set(clock.now() + 60_000);
    };
    await note('p1', delivered(store, { key: 'same' }));
    await note('p2', dead(store, { source: 'store-9' }));
    await note('e1', cancelled(store, { client: 'erp', keyKind: 'header' }));
    await note('v1', blocking(store, 'V-1', { client: 'erp', type: 'VendorPaymentPosted' }));
    const behind = { client: 'erp', type: 'VendorPaymentPosted', orderingKey: 'V-1', keyKind: 'cloudevents' } as const;
    await note('v2', one(store, { ...behind, key: 'same', source: 'company-1' }));
    await note('p3', one(store, { source: 'store-9' }));
    return names;
  }

  function everything(_: 'v2'): EventFilter {
    return {
      client: 'erp',
      type: 'VendorPaymentPosted',
      status: 'pending',
      key: 'same',
      orderingKey: 'V-1',
      source: 'company-1',
      from: Date.UTC(2026, 0, 5, 8, 4),
      to: Date.UTC(2026, 0, 5, 8, 5),
    };
  }

  async function one(store: Store, facts: Parameters<typeof newEvent>[0]): Promise<string> {
    return (await accept(store, facts ?? {}))[0] ?? '';
  }

  /** Every page, to the end. Pages may be short, and even empty, while others follow. */
  async function pages(store: Store, filter: EventFilter, limit: number): Promise<readonly ListedEvent[]> {
    const events: ListedEvent[] = [];
    let cursor: number | null = null;
    for (let page = 0; page === 0 || cursor !== null; page += 1) {
      const { events: some, next } = await store.outbox.list({ filter, cursor, limit });
      expect(some.length).toBeLessThanOrEqual(limit);
      events.push(...some);
      cursor = next;
    }
    return events;
  }
}
