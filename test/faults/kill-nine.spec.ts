import { describe, expect, it } from '@jest/globals';
import { killAnyTime, killAtPoint } from './harness/process-faults.js';
import { runInWorld } from './harness/run-in-world.js';

const CYCLES = 8;

describe('a gateway that is killed with SIGKILL under load, again and again', () => {
  it(`loses no event that it answered with 202, and doubles none, in ${CYCLES} lives`, async () => {
    const report = await runInWorld({
      seed: 9,
      actions: [killAnyTime, killAtPoint],
      steps: CYCLES,
      deaths: ['poison', 'uncertain'],
    });
    expect(report.violations).toEqual([]);
    expect(report.isAtRest).toBe(true);
    expect(report.lives).toBeGreaterThan(CYCLES);
    expect(report.accepted).toBeGreaterThan(CYCLES);
    // An event that lost three leases in a row is taken for what kills its process: rare, or the kills would be its end.
    expect(report.dead).toBeLessThan(report.accepted / 10);
  }, 240_000);
});
