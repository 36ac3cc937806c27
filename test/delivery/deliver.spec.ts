import { afterEach, describe, expect, it } from '@jest/globals';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

describe('an accepted event', () => {
  it('is delivered without waiting for the poll', async () => {
    harness = await DeliveryHarness.open();
    await harness.start();
    const [id = ''] = await harness.accept(1);
    await harness.advance(0);
    expect(await harness.event(id)).toMatchObject({ status: 'delivered', attemptCount: 1, deliveredAt: harness.now });
  });
});
