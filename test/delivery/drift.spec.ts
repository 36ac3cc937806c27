import { afterEach, describe, expect, it } from '@jest/globals';
import { DeliveryHarness, type HarnessOptions } from './support/delivery-harness.js';
import { ScriptedVerifier } from './support/scripted-verifier.js';

const FITS = { kind: 'fits' } as const;
const DRIFTED = { kind: 'drifted', detail: 'Amount is missing' } as const;
const UNREADABLE = { kind: 'unreadable', detail: 'HTTP 403' } as const;
const MINUTE_MS = 60_000;
const BY = { by: 'operator', reason: 'mended' };

describe('a type whose custom API does not fit', () => {
  let harness: DeliveryHarness;
  const open = async (options: HarnessOptions = {}) => {
    harness = await DeliveryHarness.open(options);
    harness.verifier.finds((type) => (type === 'Sale' ? DRIFTED : FITS));
  };
  const gate = () => harness.gates.find('type:Sale');
  const callsOfSales = () => harness.destination.calls.filter(({ type }) => type === 'Sale');
  afterEach(() => harness.close());

  it('has its gate closed, its events wait and lose no attempt, all others go on', async () => {
    await open();
    const [id = ''] = await harness.accept(3, { type: 'Sale' });
    await harness.accept(2, { type: 'Refund' });
    await harness.start();
    await harness.accept(1, { type: 'Sale' });
    await harness.advance(10 * MINUTE_MS);
    expect(callsOfSales()).toEqual([]);
    expect(await harness.census()).toEqual({ pending: 4, delivered: 2 });
    expect(await harness.timeline(id)).toEqual([]);
    expect(gate()).toMatchObject({ cause: 'drift', detail: 'Amount is missing' });
    expect(harness.verifications.of('Sale')).toMatchObject({ status: 'drifted', detail: 'Amount is missing' });
    expect(harness.verifications.of('Refund').status).toBe('verified');
  });

  it('is verified again at the end of each closing, and each is longer', async () => {
    await open();
    await harness.start();
    const closings = [30, 60, 120, 240, 480, 600, 600];
    for (const [index, seconds] of closings.entries()) {
      expect(gate()).toMatchObject({ closings: index + 1, cause: 'drift' });
      const { closedUntil } = gate();
      expect((closedUntil ?? 0) - gate().changedAt).toBe(seconds * 1_000);
      await harness.advance((closedUntil ?? 0) - harness.now + 1_000);
    }
  });

  it('is delivered once it is mended', async () => {
    await open();
    await harness.accept(3, { type: 'Sale' });
    await harness.start();
    harness.verifier.finds(FITS);
    await harness.advance(29_000);
    expect(callsOfSales()).toEqual([]);
    await harness.advance(2_000);
    expect(await harness.census()).toEqual({ delivered: 3 });
    expect(gate()).toMatchObject({ cause: null, closings: 0 });
  });

  it('is delivered by the next regular look, when its gate would be closed for longer', async () => {
    await open();
    await harness.accept(1, { type: 'Sale' });
    await harness.start();
    await harness.advance(20 * MINUTE_MS);
    expect(gate().closings).toBe(6);
    const until = gate().closedUntil ?? 0;
    harness.verifier.finds(FITS);
    await harness.advance(5 * MINUTE_MS);
    expect(until).toBeGreaterThan(harness.now);
    expect(await harness.census()).toEqual({ delivered: 1 });
  });

  it("is verified within a second of an operator's probe, by no event", async () => {
    await open();
    await harness.accept(1, { type: 'Sale' });
    await harness.start();
    const looks = harness.verifier.looks.length;
    await harness.gates.probeNow('type:Sale', BY);
    await harness.advance(1_000);
    expect(harness.verifier.looks.slice(looks)).toMatchObject([{ types: ['Sale'] }]);
    expect(gate()).toMatchObject({ cause: 'drift', closings: 2 });
    expect(callsOfSales()).toEqual([]);
    harness.verifier.finds(FITS);
    await harness.gates.probeNow('type:Sale', BY);
    await harness.advance(1_000);
    expect(await harness.census()).toEqual({ delivered: 1 });
  });

  it('stays closed while it cannot be read, for longer each time, and says so', async () => {
    await open();
    await harness.accept(1, { type: 'Sale' });
    await harness.start();
    harness.verifier.finds(UNREADABLE);
    await harness.advance(37_000);
    expect(gate()).toMatchObject({ cause: 'drift', closings: 2 });
    expect(gate().detail).toBe('Amount is missing; could not be verified again: HTTP 403');
    expect(harness.verifications.of('Sale')).toMatchObject({ status: 'not-verified', detail: 'HTTP 403' });
    await harness.advance(67_000);
    expect(gate()).toMatchObject({ cause: 'drift', closings: 3 });
    expect(callsOfSales()).toEqual([]);
    harness.verifier.finds(FITS);
    await harness.advance(2 * MINUTE_MS);
    expect(await harness.census()).toEqual({ delivered: 1 });
  });

  it('stays paused when it fits again', async () => {
    await open();
    await harness.accept(1, { type: 'Sale' });
    await harness.start();
    await harness.gates.pause('type:Sale', BY);
    harness.verifier.finds(FITS);
    await harness.advance(6 * MINUTE_MS);
    expect(gate()).toMatchObject({ cause: 'misconfigured', closings: 0, pause: { by: 'operator' } });
    expect(callsOfSales()).toEqual([]);
    await harness.gates.resume('type:Sale', BY);
    await harness.advance(1_000);
    expect(await harness.census()).toEqual({ delivered: 1 });
  });

  it('is found behind the 404 that had closed its gate', async () => {
    await open();
    harness.verifier.finds(FITS);
    await harness.start();
    harness.verifier.finds(DRIFTED);
    harness.destination.answers({ kind: 'misconfigured', scope: 'type' });
    const [id = ''] = await harness.accept(1, { type: 'Sale' });
    await harness.advance(1_000);
    expect(gate()).toMatchObject({ cause: 'drift', closings: 1 });
    await harness.advance(10 * MINUTE_MS);
    expect(callsOfSales()).toHaveLength(1);
    expect((await harness.event(id)).attemptCount).toBe(0);
  });

  it('goes on being probed by events where what is deployed fits', async () => {
    await open();
    harness.verifier.finds(FITS);
    harness.destination.answers({ kind: 'misconfigured', scope: 'type' });
    await harness.accept(1, { type: 'Sale' });
    await harness.start();
    await harness.advance(31_000);
    expect(gate()).toMatchObject({ cause: 'misconfigured', closings: 2 });
    expect(callsOfSales()).toHaveLength(2);
  });

  it('does not condemn the event that closes the gate each time it was verified in vain', async () => {
    await open();
    harness.destination.answers({ kind: 'misconfigured', scope: 'type' });
    const [id = ''] = await harness.accept(1, { type: 'Sale' });
    await harness.start();
    for (let rounds = 0; rounds < 4; rounds += 1) {
      harness.verifier.finds(FITS);
      await harness.gates.probeNow('type:Sale', BY);
      await harness.advance(1_000);
      harness.verifier.finds(DRIFTED);
      await harness.advance(20 * MINUTE_MS);
      expect(gate().cause).toBe('drift');
    }
    expect(await harness.event(id)).toMatchObject({ status: 'pending', attemptCount: 0 });
  });

  it('is not forgotten by a restart, and opens with the first look of the next process when it was mended', async () => {
    await open();
    await harness.accept(2, { type: 'Sale' });
    await harness.start();
    await harness.advance(MINUTE_MS);
    const next = await DeliveryHarness.open({ after: harness });
    await next.start();
    expect(next.gates.find('type:Sale').cause).not.toBe('drift');
    await next.advance(1_000);
    expect(await next.census()).toEqual({ delivered: 2 });
    await next.dispatcher.stop(0);
  });
});

describe('a look that comes to nothing', () => {
  let harness: DeliveryHarness;
  afterEach(() => harness.close());

  it('leaves all gates as they are, is told, and is repeated soon', async () => {
    harness = await DeliveryHarness.open({ verifier: new ScriptedVerifier(() => UNREADABLE) });
    await harness.accept(2, { type: 'Sale' });
    await harness.start();
    await harness.advance(0);
    expect(await harness.census()).toEqual({ delivered: 2 });
    expect(harness.gates.list()).toEqual([]);
    expect(harness.verifications.of('Sale')).toMatchObject({ status: 'not-verified', detail: 'HTTP 403' });
    expect(harness.notes.verifications.filter(({ type }) => type === 'Sale')).toMatchObject([{ isNews: true }]);
    await harness.advance(31_000);
    expect(harness.notes.verifications.filter(({ isNews }) => !isNews)).toHaveLength(4);
  });

  it.each([
    ['heeds its signal', 'hold', 'there was no answer within 60 s'],
    ['does not heed its signal', 'deaf', 'there was no answer within 60 s'],
    ['fails', new Error('a bug'), 'verifying failed'],
  ] as const)(
    'holds the first events up for two seconds at most, where the verifier %s',
    async (_how, verdict, detail) => {
      harness = await DeliveryHarness.open({ verifier: new ScriptedVerifier(() => verdict) });
      await harness.accept(2, { type: 'Sale' });
      await harness.start();
      await harness.advance(2_000);
      expect(await harness.census()).toEqual({ delivered: 2 });
      await harness.advance(58_000);
      expect(harness.verifications.of('Sale')).toMatchObject({ status: 'not-verified', detail });
    },
  );

  it('lets nothing be sent before its two seconds are over', async () => {
    harness = await DeliveryHarness.open({ verifier: new ScriptedVerifier(() => 'hold') });
    await harness.accept(2, { type: 'Sale' });
    await harness.start();
    await harness.advance(1_900);
    expect(harness.destination.calls).toEqual([]);
  });

  it('is not even begun while no application user may send, and then nothing waits for it', async () => {
    harness = await DeliveryHarness.open();
    await harness.gates.close('user:user-a', { cause: 'throttled', detail: null, retryAfterMs: 60_000 });
    await harness.start();
    await harness.advance(50_000);
    expect(harness.verifier.looks).toEqual([]);
    expect(harness.verifications.of('Sale')).toMatchObject({ status: 'not-verified', at: expect.any(Number) });
    await harness.advance(60_000);
    expect(harness.verifier.looks).toMatchObject([{ user: 'user-a', mayStillSend: true }]);
    expect(harness.verifications.of('Sale').status).toBe('verified');
  });

  it('does not put in doubt what was found minutes ago, while the user is throttled', async () => {
    harness = await DeliveryHarness.open();
    await harness.start();
    await harness.advance(4 * MINUTE_MS);
    await harness.gates.close('user:user-a', { cause: 'throttled', detail: null, retryAfterMs: 3 * MINUTE_MS });
    await harness.advance(2 * MINUTE_MS);
    expect(harness.verifications.of('Sale').status).toBe('verified');
    expect(harness.verifier.looks).toHaveLength(1);
    await harness.advance(2 * MINUTE_MS);
    expect(harness.verifier.looks).toHaveLength(2);
  });

  it('puts nothing in doubt and prolongs no drift, where it was throttled', async () => {
    harness = await DeliveryHarness.open();
    harness.verifier.finds((type) => (type === 'Sale' ? DRIFTED : FITS));
    await harness.start();
    const before = harness.gates.find('type:Sale');
    harness.verifier.finds({ kind: 'throttled', retryAfterMs: 20_000, detail: 'HTTP 429' });
    await harness.advance(6 * MINUTE_MS);
    expect(harness.verifier.looks.length).toBeGreaterThan(2);
    expect(harness.gates.find('type:Sale')).toEqual(before);
    expect(harness.verifications.of('Sale').status).toBe('drifted');
    expect(harness.verifications.of('Refund').status).toBe('verified');
  });

  it('closes the gate of a user that is told to wait, and is repeated when it may send again', async () => {
    const throttled = { kind: 'throttled', retryAfterMs: 45_000, detail: 'HTTP 429' } as const;
    harness = await DeliveryHarness.open({ verifier: new ScriptedVerifier(() => throttled) });
    await harness.accept(1, { type: 'Sale' });
    await harness.start();
    expect(harness.gates.find('user:user-a')).toMatchObject({ cause: 'throttled', closedUntil: harness.now + 45_000 });
    harness.verifier.finds(FITS);
    await harness.advance(44_000);
    expect(harness.destination.calls).toEqual([]);
    await harness.advance(60_000);
    expect(await harness.census()).toEqual({ delivered: 1 });
    expect(harness.verifications.of('Sale').status).toBe('verified');
  });

  it('comes through though the user has no event to open its gate with', async () => {
    harness = await DeliveryHarness.open({ verifier: new ScriptedVerifier(() => DRIFTED) });
    await harness.accept(1, { type: 'Sale' });
    await harness.start();
    await harness.gates.close('user:user-a', { cause: 'unavailable', detail: null, retryAfterMs: null });
    harness.verifier.finds(FITS);
    await harness.advance(31_000);
    expect(await harness.census()).toEqual({ delivered: 1 });
  });

  it('asks as a user whose gate is open', async () => {
    harness = await DeliveryHarness.open({ users: ['user-a', 'user-b'] });
    await harness.gates.close('user:user-a', { cause: 'unauthorized', detail: null, retryAfterMs: null });
    harness.destination.answersProbes({ kind: 'unauthorized' });
    await harness.start();
    expect(harness.verifier.looks).toMatchObject([{ user: 'user-b' }]);
  });

  it('ends with the process, without a word', async () => {
    harness = await DeliveryHarness.open({ verifier: new ScriptedVerifier(() => 'deaf') });
    await harness.start();
    const stopped = harness.dispatcher.stop(1_000);
    await harness.advance(0);
    await stopped;
    expect(harness.notes.verifications).toEqual([]);
  });
});
