import type { EpochMs } from '../../kernel/clock.js';
import type { GateRecord } from '../../outbox/gate-store.js';
import { userGate } from '../gate-name.js';
import type { Gates } from '../gates.js';
import type { HeldUsers } from '../held-users.js';
import type { UserProbes } from '../user-probes.js';

export interface AskingUsers {
  readonly applicationUsers: readonly string[];
  readonly gates: Pick<Gates, 'passage'>;
  readonly users: Pick<HeldUsers, 'isHeld'>;
  readonly probes: Pick<UserProbes, 'hasPassed'>;
}

/**
 * The application user to read as, or null. Reading sends no event, so a gate that is only probing is good enough: a
 * delivered event opens it, and those may wait for what is read. Users with open gates come first, this process's own
 * before others.
 */
export function askingUser(parts: AskingUsers, now: EpochMs): string | null {
  const { applicationUsers, users, probes } = parts;
  const candidates = applicationUsers.filter((user) => mayAsk(parts, user, now));
  const open = candidates.filter((user) => probes.hasPassed(user, now));
  const isOwn = (user: string) => users.isHeld(user, now);
  return open.find(isOwn) ?? open[0] ?? candidates.find(isOwn) ?? candidates[0] ?? null;
}

/** Whether its gate is neither closed nor paused. */
export function mayAsk({ gates }: Pick<AskingUsers, 'gates'>, applicationUser: string, now: EpochMs): boolean {
  return gates.passage(userGate(applicationUser), now).kind !== 'closed';
}

/**
 * Whether a user gets through again after an outage. Throttles do not count: they come all day, and looks add to them.
 */
export function cameBack(gate: GateRecord, before: GateRecord): boolean {
  return gate.cause === null && before.cause !== null && before.cause !== 'throttled';
}
