import { describe, expect, it } from '@jest/globals';
import { CONTROLS } from './harness/controls.js';
import { runControl } from './harness/run-control.js';

/** A checker that never fails proves nothing. The slower ones run with `npm run faults -- --controls`. */
describe('the checker, of a gateway that was broken on purpose', () => {
  it.each(CONTROLS.filter(({ quick }) => quick))(
    'notices one that $mistake',
    async (control) => {
      expect([...(await runControl(control))]).toContain(control.rule);
    },
    300_000,
  );
});
