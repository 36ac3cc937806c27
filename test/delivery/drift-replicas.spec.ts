import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { VerifierVerdict } from '../../src/delivery/verifier.js';
import { NEXT_CATALOG } from './support/definitions.js';
import { Fleet, type FleetProcess } from './support/fleet.js';

const FITS = { kind: 'fits' } as const;
const DRIFTED = { kind: 'drifted', detail: 'Amount is missing' } as const;
const UNREADABLE = { kind: 'unreadable', detail: 'HTTP 502' } as const;
const MINUTE_MS = 60_000;
const OUTAGE = { cause: 'unavailable', detail: 'outage', retryAfterMs: null } as const;
const BY = { by: 'operator', reason: 'mended' };

describe('replicas that verify', () => {
  let fleet: Fleet;
  const finding = (verdict: VerifierVerdict) => (process: FleetProcess) => process.verifier.finds(verdict);
  const gate = () => fleet.processes[0]?.gates.find('type:Sale');
  beforeEach(() => {
    fleet = new Fleet({ hints: true });
  });
  afterEach(() => fleet.close());

  it('close a gate once for what all of them find, and open it once', async () => {
    for (let replicas = 0; replicas < 3; replicas += 1) await fleet.boot(finding(DRIFTED));
    await fleet.accept(4, { type: 'Sale' });
    await fleet.advance(29_000);
    expect(gate()).toMatchObject({ cause: 'drift', closings: 1, revision: 1 });
    await fleet.advance(2_000);
    expect(gate()).toMatchObject({ cause: 'drift', closings: 2, revision: 2 });
    expect(fleet.calls).toEqual([]);
    for (const process of fleet.processes) finding(FITS)(process);
    await fleet.advance(MINUTE_MS);
    expect(await fleet.census()).toEqual({ delivered: 4 });
  });

  it('do not open and close a gate in turn where two versions disagree', async () => {
    await fleet.boot(finding(FITS));
    await fleet.boot(finding(DRIFTED), 0, NEXT_CATALOG);
    await fleet.accept(4, { type: 'Sale' });
    const since = fleet.now;
    await fleet.advance(30 * MINUTE_MS);
    expect(fleet.calls).toEqual([]);
    expect(fleet.ledger.wasClosed('type:Sale', since, fleet.now)).toBe(true);
    // Every change of it was a closing, or a regular look that ended one and was objected to.
    expect(gate()).toMatchObject({ cause: 'drift', closings: 10, revision: 16 });
  });

  it('deliver a minute after its closing, when the version that found the drift is gone', async () => {
    await fleet.boot(finding(FITS));
    const next = await fleet.boot(finding(DRIFTED), 0, NEXT_CATALOG);
    await fleet.accept(4, { type: 'Sale' });
    await fleet.stop(next);
    await fleet.advance(MINUTE_MS);
    expect(fleet.calls).toEqual([]);
    await fleet.advance(32_000);
    expect(await fleet.census()).toEqual({ delivered: 4 });
  });

  it('deliver a minute after a start with a definition that fits, however long the gate was to be closed', async () => {
    const first = await fleet.boot(finding(DRIFTED));
    await fleet.accept(4, { type: 'Sale' });
    await fleet.advance(20 * MINUTE_MS);
    await fleet.stop(first);
    await fleet.boot(finding(FITS), 0, NEXT_CATALOG);
    await fleet.advance(MINUTE_MS + 2_000);
    expect(await fleet.census()).toEqual({ delivered: 4 });
  });

  it('deliver within seven minutes of a rolling update, in which the old replica still objects', async () => {
    const first = await fleet.boot(finding(DRIFTED));
    await fleet.accept(4, { type: 'Sale' });
    await fleet.advance(20 * MINUTE_MS);
    await fleet.boot(finding(FITS), 0, NEXT_CATALOG);
    await fleet.advance(10_000);
    await fleet.stop(first);
    expect((gate()?.closedUntil ?? 0) - fleet.now).toBeGreaterThan(9 * MINUTE_MS);
    await fleet.advance(7 * MINUTE_MS);
    expect(await fleet.census()).toEqual({ delivered: 4 });
  });

  it('go on holding events back when a start with a definition that fits meets one that does not', async () => {
    await fleet.boot(finding(DRIFTED));
    await fleet.accept(4, { type: 'Sale' });
    await fleet.advance(20 * MINUTE_MS);
    await fleet.boot(finding(FITS), 0, NEXT_CATALOG);
    await fleet.advance(20 * MINUTE_MS);
    expect(fleet.calls).toEqual([]);
    expect(gate()?.cause).toBe('drift');
  });

  it('verify without an application user of their own', async () => {
    await fleet.boot();
    const second = await fleet.boot();
    await fleet.advance(1_000);
    expect(second.verifier.looks).toMatchObject([{ user: 'user-a' }]);
  });

  it('take over the looking when the one that found the drift stands still', async () => {
    const first = await fleet.boot(finding(DRIFTED));
    await fleet.boot(finding(DRIFTED));
    await fleet.accept(4, { type: 'Sale' });
    fleet.freeze(first);
    for (const process of fleet.processes) finding(FITS)(process);
    await fleet.advance(31_000);
    expect(await fleet.census()).toEqual({ delivered: 4 });
    fleet.resume(first);
    await fleet.advance(1_000);
    expect(gate()?.cause).toBeNull();
  });

  it('look though the gate of their only user waits for an event, which waits for the look', async () => {
    const first = await fleet.boot(finding(FITS));
    await fleet.boot(finding(DRIFTED), 0, NEXT_CATALOG);
    await fleet.accept(4, { type: 'Sale' });
    await fleet.advance(2_000);
    await first.gates.close('user:user-a', OUTAGE);
    await fleet.advance(10_000);
    for (const process of fleet.processes) finding(FITS)(process);
    await fleet.advance(2 * MINUTE_MS);
    expect(await fleet.census()).toEqual({ delivered: 4 });
  });

  it.each([0, 200, 400, 600, 800])(
    'open what an operator has probed, whoever comes first: %i ms into a second',
    async (offsetMs) => {
      const first = await fleet.boot(finding(DRIFTED));
      await fleet.advance(500);
      await fleet.boot(finding(DRIFTED));
      await fleet.accept(4, { type: 'Sale' });
      await fleet.advance(2_000);
      await first.gates.close('user:user-a', OUTAGE);
      await fleet.advance(50_000 + offsetMs);
      for (const process of fleet.processes) finding(FITS)(process);
      await first.gates.probeNow('type:Sale', BY);
      await fleet.advance(3_000);
      expect(await fleet.census()).toEqual({ delivered: 4 });
    },
  );

  it.each([0, 1])('open what one of them can read, though replica %i cannot', async (blind) => {
    const first = await fleet.boot(finding(DRIFTED));
    await fleet.advance(500);
    await fleet.boot(finding(DRIFTED));
    await fleet.accept(4, { type: 'Sale' });
    await fleet.advance(2_000);
    for (const [index, process] of fleet.processes.entries()) finding(index === blind ? UNREADABLE : FITS)(process);
    await first.gates.probeNow('type:Sale', BY);
    await fleet.advance(3_000);
    expect(await fleet.census()).toEqual({ delivered: 4 });
  });

  it('prolong nothing they have nobody to ask about', async () => {
    const first = await fleet.boot(finding(DRIFTED));
    await fleet.accept(4, { type: 'Sale' });
    await fleet.advance(2_000);
    await first.gates.close('user:user-a', { ...OUTAGE, retryAfterMs: 5 * MINUTE_MS });
    await fleet.advance(4 * MINUTE_MS);
    expect(gate()).toMatchObject({ cause: 'drift', detail: 'Amount is missing', closings: 1 });
    finding(FITS)(first);
    await fleet.advance(MINUTE_MS + 2_000);
    expect(await fleet.census()).toEqual({ delivered: 4 });
  });

  it('mend a drift by a start though its first look comes to nothing', async () => {
    const first = await fleet.boot(finding(DRIFTED));
    await fleet.accept(4, { type: 'Sale' });
    await fleet.advance(20 * MINUTE_MS);
    await fleet.stop(first);
    const next = await fleet.boot(finding(UNREADABLE), 0, NEXT_CATALOG);
    await fleet.advance(3_000);
    finding(FITS)(next);
    await fleet.advance(30_000 + MINUTE_MS);
    expect(await fleet.census()).toEqual({ delivered: 4 });
  });

  it('ask as users of their own where they have any', async () => {
    await fleet.close();
    fleet = new Fleet({ hints: true, users: ['user-a', 'user-b'] });
    for (let replicas = 0; replicas < 2; replicas += 1) await fleet.boot();
    await fleet.advance(6 * MINUTE_MS);
    const owners = fleet.processes.map((process) => process.verifier.looks.at(-1)?.user);
    expect(new Set(owners).size).toBe(2);
  });
});
