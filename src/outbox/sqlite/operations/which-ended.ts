import type { Session } from '../session.js';

const SELECT = `
SELECT id FROM event WHERE id IN (SELECT value FROM json_each(?)) AND status IN ('delivered', 'dead', 'cancelled')`;

/** Which of some events neither wait for delivery nor are being delivered. */
export function whichEnded(session: Session, ids: readonly string[]): readonly string[] {
  return session.rows<{ readonly id: string }>(SELECT, JSON.stringify(ids)).map(({ id }) => id);
}
