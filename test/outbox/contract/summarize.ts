import { describe, expect, it } from '@jest/globals';
import { newEventId } from '../../../src/kernel/ids.js';
import type { SourceCounts, SummaryFilter, SummaryPlace } from '../../../src/outbox/event-summary.js';
import type { Store } from '../../../src/outbox/store.js';
import { accept, claim, DELIVERED, settlementOf } from '../support/events.js';
import { blocking, cancelled, dead, delivered, FORCED } from '../support/lives.js';
import type { CurrentFixture } from '../support/store-fixture.js';

const MINUTE_MS = 60_000;
const ALWAYS = { from: 0, to: Date.UTC(2100, 0, 1) };
const NONE = { accepted: 0, pending: 0, delivered: 0, confirmed: 0, dead: 0, cancelled: 0 };
const POS = { client: 'pos', source: 'store-1', type: 'CustomerPurchase' };

/** What every engine promises about counting events. */
export function summarize(current: CurrentFixture): void {
  it('counts nothing in an empty store', async () => {
    expect(await current().store.outbox.summarize({ filter: ALWAYS, place: null })).toEqual({ counts: [], next: null });
  });

  it('counts by client, source and type, and how the events stand', async () => {
    const { store } = current();
    await delivered(store);
    await delivered(store);
    await dead(store);
    await cancelled(store);
    await accept(store, {});
    await claim(store);
    await accept(store, {}, { source: 'store-2' }, { client: 'erp' }, { type: 'VendorPaymentPosted' });
    expect(await counted(store, ALWAYS)).toEqual([
      { ...NONE, ...POS, client: 'erp', accepted: 1, pending: 1 },
      { ...NONE, ...POS, accepted: 6, pending: 2, delivered: 2, dead: 1, cancelled: 1 },
      { ...NONE, ...POS, type: 'VendorPaymentPosted', accepted: 1, pending: 1 },
      { ...NONE, ...POS, source: 'store-2', accepted: 1, pending: 1 },
    ]);
  });

  it('counts those that a receipt confirmed', async () => {
    const { store } = current();
    await delivered(store);
    const [row = {}] = (await store.archive.read('event', null, 1)).rows;
    const other = { sequence: Number(row.sequence) + 1, id: newEventId(), key: 'other' };
    await store.archive.write('event', [{ ...row, ...other, confirmed_at: Number(row.accepted_at) }]);
    expect(await counted(store, ALWAYS)).toEqual([{ ...NONE, ...POS, accepted: 2, delivered: 2, confirmed: 1 }]);
  });

  it('counts an event as it stands now', async () => {
    const { store } = current();
    const id = await delivered(store);
    await store.actions.replay(id, FORCED);
    expect(await counted(store, ALWAYS)).toEqual([{ ...NONE, ...POS, accepted: 1, pending: 1 }]);
  });

  it('counts no more what retention removed', async () => {
    const { store, clock } = current();
    await delivered(store);
    await dead(store);
    clock.set(clock.now() + MINUTE_MS);
    await store.housekeeping.removeEnded({ endedBefore: clock.now(), limit: 9 });
    expect(await counted(store, ALWAYS)).toEqual([{ ...NONE, ...POS, accepted: 1, dead: 1 }]);
  });

  describe('by filter', () => {
    it.each<[string, Partial<SummaryFilter>, number]>([
      ['nothing', {}, 5],
      ['client', { client: 'erp' }, 2],
      ['source', { source: 'store-9' }, 2],
      ['type', { type: 'VendorPaymentPosted' }, 1],
      ['client and source', { client: 'erp', source: 'store-9' }, 1],
      ['all of them', { client: 'erp', source: 'store-1', type: 'VendorPaymentPosted' }, 1],
      ['a client nobody knows', { client: 'nobody' }, 0],
      ['from an instant on', { from: Date.UTC(2026, 0, 5, 8, 2) }, 3],
      ['before an instant', { to: Date.UTC(2026, 0, 5, 8, 2) }, 2],
      ['a stretch of time', { from: Date.UTC(2026, 0, 5, 8, 1), to: Date.UTC(2026, 0, 5, 8, 4) }, 3],
      ['a stretch without events', { from: Date.UTC(2026, 0, 5, 8, 1) + 1, to: Date.UTC(2026, 0, 5, 8, 2) }, 0],
    ])('counts by %s', async (_, filter, expected) => {
      const { store, clock } = current();
      const facts = [
        {},
        { source: 'store-9' },
        { client: 'erp', source: 'store-9' },
        { client: 'erp', type: 'VendorPaymentPosted' },
        {},
      ];
      for (const fact of facts) {
        await accept(store, fact);
        clock.set(clock.now() + MINUTE_MS);
      }
      const counts = await counted(store, { ...ALWAYS, ...filter });
      expect(counts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(expected);
    });
  });

  it('counts every event of a long history once, step by step', async () => {
    const { store, clock } = current();
    await blocking(store, 'V-1', { source: 'store-9' });
    for (let day = 0; day < 3; day += 1) {
      await accept(store, ...Array.from({ length: 2_000 }, (_, n) => ({ source: `store-${n % 3}` })));
      clock.set(clock.now() + MINUTE_MS);
    }
    const steps = await walked(store, ALWAYS);
    expect(steps.length).toBeGreaterThan(3);
    expect(sumOf(steps.flat())).toBe(6_001);
    const middle = { from: clock.now() - 2 * MINUTE_MS, to: clock.now() - MINUTE_MS };
    expect(sumOf(await counted(store, middle))).toBe(2_000);
    expect(await counted(store, { ...ALWAYS, source: 'store-9' })).toMatchObject([{ accepted: 1, dead: 1 }]);
    expect(sumOf(await counted(store, { ...ALWAYS, source: 'nowhere' }))).toBe(0);
  });

  it('counts every event once, whatever becomes of it meanwhile, and none that came after it began', async () => {
    const { store } = current();
    await accept(store, ...Array.from({ length: 4_000 }, () => ({})));
    const first = await store.outbox.summarize({ filter: ALWAYS, place: null });
    const claimed = await claim(store, { limit: 500, wanted: [{ type: 'CustomerPurchase', limit: 500 }] });
    await store.outbox.settle(claimed.map((event) => settlementOf(event, DELIVERED)));
    await accept(store, {});
    const rest = await walked(store, ALWAYS, first.next);
    expect(sumOf([...first.counts, ...rest.flat()])).toBe(4_000);
  });

  function sumOf(counts: readonly SourceCounts[]): number {
    return counts.reduce((sum, { accepted }) => sum + accepted, 0);
  }

  /** What each step counted, to the end. */
  async function walked(
    store: Store,
    filter: SummaryFilter,
    begin: SummaryPlace | null = null,
  ): Promise<readonly (readonly SourceCounts[])[]> {
    const steps: (readonly SourceCounts[])[] = [];
    let place = begin;
    for (let step = 0; step === 0 || place !== null; step += 1) {
      const { counts, next } = await store.outbox.summarize({ filter, place });
      steps.push(counts);
      place = next;
    }
    return steps;
  }

  async function counted(store: Store, filter: SummaryFilter): Promise<readonly SourceCounts[]> {
    const counts = (await walked(store, filter)).flat();
    const nameOf = ({ client, source, type }: SourceCounts) => `${client} ${source} ${type}`;
    return counts.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)).map((count) => ({ ...count }));
  }
}
