import type { Session } from '../session.js';

const SELECT = `
SELECT id FROM event WHERE id = ANY ($1::text[]) AND status IN ('delivered', 'dead', 'cancelled')`;

/** Which of some events neither wait for delivery nor are being delivered. */
export async function whichEnded(session: Session, ids: readonly string[]): Promise<readonly string[]> {
  return (await session.rows<{ readonly id: string }>(SELECT, ids)).map(({ id }) => id);
}
