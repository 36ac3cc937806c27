import { afterEach, describe, expect, it } from '@jest/globals';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

describe('a backlog of several types', () => {
  it.each([{ batchSize: 1 }, { batchSize: 10 }])(
    'is delivered as fast as one of a single type, with $batchSize events to a call',
    async ({ batchSize }) => {
      harness = await DeliveryHarness.open({ concurrency: 8, batchSize });
      harness.destination.answers({ after: 10, answer: { kind: 'delivered' } });
      await harness.accept(400, { type: 'Sale' });
      await harness.accept(400, { type: 'Refund' });
      await harness.start();
      await harness.advance(1_100);
      expect(await harness.census()).toEqual({ delivered: 800 });
    },
  );
});
