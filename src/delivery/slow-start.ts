import type { Clock } from '../kernel/clock.js';
import { gateState } from './gate.js';
import { userGate } from './gate-name.js';
import type { GateWatch } from './gate-watch.js';
import type { Gates } from './gates.js';
import type { HeldUsers } from './held-users.js';
import type { Lane } from './lane.js';

interface SlowStartParts {
  readonly gates: Gates;
  readonly users: HeldUsers;
  readonly watch: GateWatch;
  readonly lanes: readonly Lane[];
  readonly clock: Clock;
}

/** An application user begins again with one call after its gate closed, and after another process steered it. */
export function slowStartAfterChanges({ gates, users, watch, lanes, clock }: SlowStartParts): void {
  gates.onChange((gate) => {
    const now = clock.now();
    if (gateState(gate, now) === 'open') return;
    lanes.find(({ applicationUser }) => userGate(applicationUser) === gate.name)?.slowDown(now);
  });
  users.onChange(({ applicationUser, held }) => {
    if (!held) return;
    watch.forget(applicationUser);
    lanes.find((lane) => lane.applicationUser === applicationUser)?.slowDown(clock.now());
  });
}
