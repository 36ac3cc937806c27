import type { StoredUserLease } from '../../share-users.js';
import { shareUsers } from '../../share-users.js';
import type { HoldRequest, UserLease } from '../../user-leases.js';
import type { Session } from '../session.js';

const SEEN = `
INSERT INTO replica (owner, seen_until, application_users) VALUES ($1, $2, $3)
ON CONFLICT (owner) DO UPDATE SET seen_until = $2, application_users = $3`;

const FORGET = 'DELETE FROM replica WHERE seen_until <= $1';

const KNOWN = `
SELECT application_user AS "applicationUser", count(*) AS processes
FROM replica, unnest(application_users) AS application_user
WHERE application_user = ANY($1) GROUP BY application_user`;

const SELECT = `
SELECT application_user AS "applicationUser", owner, until, leaving = 1 AS leaving FROM application_user_lease
WHERE application_user = ANY($1)`;

const HOLD = `
INSERT INTO application_user_lease (application_user, owner, until, leaving)
SELECT application_user, $2, $3, 0 FROM unnest($1::text[]) AS held (application_user)
ON CONFLICT (application_user) DO UPDATE SET owner = $2, until = $3, leaving = 0`;

const ANNOUNCE = 'UPDATE application_user_lease SET leaving = 1 WHERE application_user = ANY($1) AND owner = $2';

const FREE = 'DELETE FROM application_user_lease WHERE application_user = ANY($1) AND owner = $2';

/** The users a process holds from now on, and whether some became free for others. */
export interface HeldUsers {
  readonly leases: readonly UserLease[];
  readonly hasFreed: boolean;
}

/** One process at a time: the lock of the users must be held. */
export async function holdUsers(session: Session, request: HoldRequest): Promise<HeldUsers> {
  const { owner, applicationUsers, leaseMs } = request;
  const until = session.now + leaseMs;
  await session.change(SEEN, owner, until, applicationUsers);
  await session.change(FORGET, session.now);
  const known = await session.rows<{ readonly applicationUser: string; readonly processes: number }>(
    KNOWN,
    applicationUsers,
  );
  const knownBy = new Map(known.map(({ applicationUser, processes }) => [applicationUser, processes]));
  const leases = await session.rows<StoredUserLease>(SELECT, applicationUsers);
  const share = shareUsers({ owner, applicationUsers, knownBy, leases, now: session.now });
  if (share.held.length > 0) await session.change(HOLD, share.held, owner, until);
  if (share.leaving.length > 0) await session.change(ANNOUNCE, share.leaving, owner);
  if (share.freed.length > 0) await session.change(FREE, share.freed, owner);
  return {
    leases: share.held.map((applicationUser) => ({ applicationUser, until })),
    hasFreed: share.freed.length > 0,
  };
}
