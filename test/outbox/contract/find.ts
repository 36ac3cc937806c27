import { expect, it } from '@jest/globals';
import { newEventId } from '../../../src/kernel/ids.js';
import { claimOne, deadFor, newEvent, settlementOf } from '../support/events.js';
import type { CurrentFixture } from '../support/store-fixture.js';

/** What every engine promises about reading one event. */
export function find(current: CurrentFixture): void {
  it('knows nothing of an id it never accepted', async () => {
    expect(await current().store.outbox.find(newEventId())).toBeNull();
  });

  it('gives back every fact of an accepted event', async () => {
    const { store, clock } = current();
    const event = newEvent({ type: 'VendorPaymentPosted', version: 2, orderingKey: 'V-1' });
    await store.outbox.append([event]);
    expect(await store.outbox.find(event.id)).toEqual({
      id: event.id,
      type: 'VendorPaymentPosted',
      version: 2,
      status: 'pending',
      reason: null,
      key: event.key,
      orderingKey: 'V-1',
      source: 'store-1',
      client: 'pos',
      acceptedAt: clock.now(),
      availableAt: clock.now(),
      deliveredAt: null,
      confirmedAt: null,
      overdue: false,
      attemptCount: 0,
      data: event.data,
    });
  });

  it.each([
    ['quotes and backslashes', '{"a":"\'\\"\\\\"}'],
    ['other scripts and emoji', '{"a":"Grüße 你好 🧾 \u2028"}'],
    ['digits beyond doubles', '{"a":"123456789012345.6789"}'],
    ['64 KiB', JSON.stringify({ a: 'x'.repeat(65_000) })],
  ])('keeps its data byte for byte: %s', async (_, data) => {
    const { store } = current();
    const event = newEvent({ data });
    await store.outbox.append([event]);
    expect((await store.outbox.find(event.id))?.data).toBe(data);
  });

  it('tells why an event is dead', async () => {
    const { store } = current();
    await store.outbox.append([newEvent()]);
    const event = await claimOne(store);
    await store.outbox.settle([settlementOf(event, deadFor('rejected', false))]);
    expect(await store.outbox.find(event.id)).toMatchObject({ status: 'dead', reason: 'rejected', attemptCount: 1 });
  });
}
