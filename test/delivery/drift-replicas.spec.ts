import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NEXT_CATALOG } from './support/definitions.js';
import { Fleet, type FleetProcess } from './support/fleet.js';

const FITS = { kind: 'fits' } as const;
const DRIFTED = { kind: 'drifted', detail: 'Amount is missing' } as const;
const MINUTE_MS = 60_000;

describe('replicas that verify', () => {
  let fleet: Fleet;
  const finding = (verdict: typeof FITS | typeof DRIFTED) => (process: FleetProcess) => process.verifier.finds(verdict);
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
    // Every change of it was a closing: 0.5 + 1 + 2 + 4 + 8 + 10 minutes, and the one that stands.
    expect(gate()).toMatchObject({ cause: 'drift', closings: 7, revision: 7 });
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
});
