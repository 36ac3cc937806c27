import type { Session } from '../session.js';

const FREE = 'DELETE FROM application_user_lease WHERE owner = $1';

const LEAVE = 'DELETE FROM replica WHERE owner = $1';

/** Releases every user that a process holds, and its entry among the living. The lock of the users must be held. */
export async function releaseUsers(session: Session, owner: string): Promise<void> {
  await session.change(FREE, owner);
  await session.change(LEAVE, owner);
}
