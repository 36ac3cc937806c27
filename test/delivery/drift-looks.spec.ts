import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { catalogOf } from './support/definitions.js';
import { DeliveryHarness } from './support/delivery-harness.js';
import { EXPLAINED_BY_DRIFT } from './support/scripted-verifier.js';

const FITS = { kind: 'fits' } as const;
const DRIFTED = { kind: 'drifted', detail: 'Amount is missing' } as const;

describe('refusals that a drift may explain', () => {
  let harness: DeliveryHarness;
  beforeEach(async () => {
    harness = await DeliveryHarness.open();
    await harness.start();
    harness.destination.answers({ kind: 'rejected' });
    harness.destination.errorCode = EXPLAINED_BY_DRIFT;
  });
  afterEach(() => harness.close());

  it.each([EXPLAINED_BY_DRIFT, null])('bring a look with the first of them: %s', async (errorCode) => {
    harness.destination.errorCode = errorCode;
    harness.verifier.finds(DRIFTED);
    await harness.accept(1, { type: 'Sale' });
    await harness.advance(1_000);
    expect(harness.gates.find('type:Sale').cause).toBe('drift');
    await harness.accept(5, { type: 'Sale' });
    await harness.advance(10_000);
    expect(await harness.census()).toEqual({ dead: 1, pending: 5 });
  });

  it('bring one look in half a minute where what is deployed fits', async () => {
    harness.verifier.finds(FITS);
    for (let second = 0; second < 60; second += 4) {
      await harness.accept(1, { type: 'Sale' });
      harness.destination.answers(second % 8 === 0 ? { kind: 'rejected' } : { kind: 'delivered' });
      await harness.advance(4_000);
    }
    expect(harness.verifier.looks.slice(1)).toMatchObject([{ types: ['Sale'] }, { types: ['Sale'] }]);
    expect(harness.gates.find('type:Sale').cause).toBeNull();
  });

  it('are of a kind: others bring no look', async () => {
    harness.destination.errorCode = '0x80040217';
    await harness.accept(1, { type: 'Sale' });
    await harness.advance(10_000);
    expect(harness.verifier.looks).toHaveLength(1);
  });
});

describe('refusals of many types', () => {
  it.each([
    ['fits', FITS, 7],
    ['cannot be read', { kind: 'unreadable', detail: 'HTTP 403' } as const, 2],
  ])('bring no look every second where what is deployed %s', async (_what, verdict, looks) => {
    const types = Array.from({ length: 30 }, (_, index) => `T${index}`);
    const definitions = types.map((type) => ({ type, orderingKey: null, whenDead: 'continue' }) as const);
    const harness = await DeliveryHarness.open({ catalog: catalogOf(...definitions) });
    harness.verifier.finds(verdict);
    await harness.start();
    harness.destination.answers({ kind: 'rejected' });
    for (const type of [...types, ...types]) {
      await harness.accept(1, { type });
      await harness.advance(1_000);
    }
    expect(harness.verifier.looks).toHaveLength(looks);
    await harness.close();
  });
});

describe('a drift that is due and cannot be read', () => {
  it('is asked for again every few seconds, not every second', async () => {
    const harness = await DeliveryHarness.open();
    harness.verifier.finds(DRIFTED);
    await harness.start();
    harness.verifier.finds({ kind: 'unreadable', detail: 'HTTP 502' });
    await harness.advance(37_000);
    expect(harness.gates.find('type:Sale').closings).toBe(2);
    expect(harness.verifier.looks).toHaveLength(4);
    await harness.close();
  });
});

describe('a type that fits after a long drift', () => {
  it.each([
    ['rejected', { kind: 'rejected' }, 1],
    ['misconfigured', { kind: 'misconfigured', scope: 'type' }, 0],
  ] as const)('costs one event and half a minute while calls are still %s', async (_how, answer, dead) => {
    const harness = await DeliveryHarness.open();
    harness.verifier.finds(DRIFTED);
    await harness.accept(300, { type: 'Sale' });
    await harness.start();
    await harness.advance(20 * 60_000);
    harness.verifier.finds(FITS);
    harness.destination.errorCode = EXPLAINED_BY_DRIFT;
    harness.destination.answers(answer);
    await harness.gates.probeNow('type:Sale', { by: 'operator', reason: 'mended' });
    await harness.advance(10_000);
    expect(harness.destination.calls).toHaveLength(1);
    expect(harness.gates.find('type:Sale')).toMatchObject({ cause: 'misconfigured', closings: 1 });
    harness.destination.answers({ kind: 'delivered' });
    await harness.advance(30_000);
    expect(await harness.census()).toEqual(dead === 0 ? { delivered: 300 } : { delivered: 300 - dead, dead });
    await harness.close();
  });
});

describe('a drift that nobody can read any more', () => {
  const BY = { by: 'operator', reason: 'the right was taken away' };

  it.each([
    ['are delivered', { kind: 'delivered' }, { delivered: 3 }, null],
    ['cost one where they are refused', { kind: 'rejected' }, { dead: 1, pending: 2 }, 'misconfigured'],
  ] as const)("lets events try at an operator's second probe: they %s", async (_what, answer, census, cause) => {
    const harness = await DeliveryHarness.open();
    harness.verifier.finds(DRIFTED);
    await harness.accept(3, { type: 'Sale' });
    await harness.start();
    harness.verifier.finds({ kind: 'unreadable', detail: 'HTTP 403' });
    harness.destination.answers(answer);
    await harness.gates.probeNow('type:Sale', BY);
    await harness.advance(20_000);
    expect(harness.destination.calls).toEqual([]);
    await harness.gates.probeNow('type:Sale', BY);
    await harness.advance(10_000);
    expect(await harness.census()).toEqual(census);
    expect(harness.gates.find('type:Sale').cause).toBe(cause);
    await harness.close();
  });
});

describe('a look that came to nothing in an outage', () => {
  let harness: DeliveryHarness;
  afterEach(() => harness.close());

  it('is repeated seconds after the first event got through', async () => {
    harness = await DeliveryHarness.open();
    await harness.start();
    harness.verifier.finds({ kind: 'unreadable', detail: 'away' });
    harness.destination.answers({ kind: 'unavailable' });
    await harness.accept(1, { type: 'Sale' });
    // Looks at 270, 297, 351, 459 and 675 s; the next one would come at 945 s.
    await harness.advance(700_000);
    expect(harness.verifications.of('Sale').status).toBe('not-verified');
    harness.verifier.finds(FITS);
    harness.destination.answers({ kind: 'delivered' });
    // Its gate is closed for a minute at most.
    await harness.advance(72_000);
    expect(harness.verifications.of('Sale').status).toBe('verified');
  });
});

describe('a look that waits for its token', () => {
  it('is not sent once the gate of its user has closed', async () => {
    const harness = await DeliveryHarness.open();
    const maySend: (() => boolean)[] = [];
    const verify = harness.verifier.verify.bind(harness.verifier);
    harness.verifier.verify = (types, user, options) => {
      maySend.push(options.mayStillSend);
      return verify(types, user, options);
    };
    await harness.start();
    const ask = () => maySend.map((may) => may());
    expect(ask()).toEqual([true]);
    await harness.gates.close('user:user-a', { cause: 'unavailable', detail: null, retryAfterMs: 5_000 });
    expect(ask()).toEqual([false]);
    await harness.close();
  });

  it('changes nothing when it was called off so', async () => {
    const harness = await DeliveryHarness.open();
    harness.verifier.finds((type) => (type === 'Sale' ? DRIFTED : FITS));
    await harness.start();
    const before = harness.gates.find('type:Sale');
    const outage = { cause: 'unavailable', detail: null, retryAfterMs: 60_000 } as const;
    const unread = { kind: 'unreadable', detail: 'it was called off before it was sent' } as const;
    harness.verifier.verify = async (types) => {
      await harness.gates.close('user:user-a', outage);
      return new Map(types.map((type) => [type, unread]));
    };
    await harness.advance(6 * 60_000);
    expect(harness.gates.find('user:user-a').cause).toBe('unavailable');
    expect(harness.gates.find('type:Sale')).toEqual(before);
    expect(harness.verifications.of('Sale').status).toBe('drifted');
    expect(harness.verifications.of('Refund').status).toBe('verified');
    await harness.close();
  });
});
