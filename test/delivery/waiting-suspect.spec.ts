import { afterEach, describe, expect, it } from '@jest/globals';
import type { SettleRequest } from '../../src/outbox/outbox.js';
import { DeliveryHarness } from './support/delivery-harness.js';

let harness: DeliveryHarness;
afterEach(() => harness.close());

/** Everything that was settled, in order, beside the store's own doing. */
function settlesInto(settled: SettleRequest[]) {
  return <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          if (name === 'settle') settled.push(...(given[0] as readonly SettleRequest[]));
          return Reflect.apply(member, target, given) as unknown;
        };
      },
    });
}

/** An event that two processes in a row died with. */
async function suspect(): Promise<string> {
  harness = await DeliveryHarness.open();
  const [id = ''] = await harness.accept(1);
  for (let lost = 0; lost < 2; lost += 1) {
    const wanted = [{ type: 'Sale', limit: 1 }];
    await harness.store.outbox.claim({
      kind: 'ordinary',
      owner: 'dead',
      applicationUser: 'user-x',
      leaseMs: 30_000,
      limit: 1,
      wanted,
    });
    const previous = harness;
    await previous.start();
    await previous.dispatcher.stop(0);
    harness = await DeliveryHarness.open({ after: previous });
    await harness.advance(16_000);
  }
  return id;
}

describe('a suspect that waits for calls of minutes', () => {
  it('is sent when they have ended, under the lease it was claimed with', async () => {
    const id = await suspect();
    const settled: SettleRequest[] = [];
    harness = await DeliveryHarness.open({ after: harness, concurrency: 4, through: settlesInto(settled) });
    harness.destination.answers(({ id: called }) => ({
      after: called === id ? 50 : 100_000,
      answer: { kind: 'delivered' },
    }));
    await harness.gates.pause('type:Sale', { by: 'operator', reason: 'so that others go first' });
    await harness.start();
    await harness.accept(3, { type: 'Refund' });
    await harness.advance(20_000);
    await harness.gates.resume('type:Sale', { by: 'operator', reason: 'its turn' });
    await harness.advance(79_999);
    expect(harness.destination.calls).toHaveLength(3);
    await harness.advance(1_000);
    expect(harness.destination.callsOf(id)).toHaveLength(1);
    expect(await harness.census()).toEqual({ delivered: 4 });
    expect(settled.every(({ attempt }) => attempt !== null)).toBe(true);
  });
});
