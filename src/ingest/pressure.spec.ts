import { describe, expect, it } from '@jest/globals';
import { LOOP_LAG_MS, NO_PRESSURE, type Pressure, pressureAfter, STORAGE_BYTES } from './pressure.js';

const MIB = 1024 * 1024;

/** The pressure after looks one after the other. */
function afterLooks(looks: readonly { readonly freeBytes?: number | null; readonly loopLagMs?: number }[]): Pressure {
  return looks.reduce<Pressure>(
    (before, { freeBytes = null, loopLagMs = 0 }) => pressureAfter(before, { freeBytes, loopLagMs }),
    NO_PRESSURE,
  );
}

describe('room on the disk', () => {
  it.each([
    ['is full below 256 MiB', [255], true],
    ['is not full at 256 MiB', [256], false],
    ['stays full until 288 MiB', [255, 270, 287], true],
    ['is roomy again at 288 MiB', [255, 288], false],
    ['is not full between the thresholds unless it was', [400, 270], false],
    ['is full again only below 256 MiB', [255, 288, 257], false],
  ])('%s', (_, mibs, isFull) => {
    expect(afterLooks(mibs.map((mib) => ({ freeBytes: mib * MIB }))).isStorageFull).toBe(isFull);
  });

  it('is not judged where nobody can see it', () => {
    expect(afterLooks([{ freeBytes: 1 }, { freeBytes: null }]).isStorageFull).toBe(false);
  });

  it('has thresholds a good deal apart', () => {
    expect(STORAGE_BYTES).toEqual({ full: 268_435_456, roomy: 301_989_888 });
  });
});

describe('the lag of the event loop', () => {
  const looks = (count: number, loopLagMs: number) => Array.from({ length: count }, () => ({ loopLagMs }));

  it('counts when it lasts', () => {
    expect(afterLooks(looks(6, 1_500)).isLoopLate).toBe(true);
  });

  it.each([3_000, 60_000])(
    'does not count as a single pause of %d ms, which is over when it is noticed',
    (loopLagMs) => {
      expect(afterLooks([...looks(10, 5), { loopLagMs }]).isLoopLate).toBe(false);
    },
  );

  it('counts when long pauses follow each other', () => {
    expect(afterLooks(looks(2, 3_000)).isLoopLate).toBe(true);
  });

  it('does not count below what thousands of connections bring', () => {
    expect(afterLooks(looks(1_000, 600)).isLoopLate).toBe(false);
  });

  it('goes on counting until it is well below where it began', () => {
    const late = afterLooks(looks(20, 1_500));
    expect(pressureAfter(late, { freeBytes: null, loopLagMs: 0 }).isLoopLate).toBe(true);
    expect(afterLooks([...looks(20, 1_500), ...looks(50, LOOP_LAG_MS.punctual + 20)]).isLoopLate).toBe(true);
    expect(afterLooks([...looks(20, 1_500), ...looks(5, 0)]).isLoopLate).toBe(false);
  });
});
