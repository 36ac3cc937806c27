import type { EpochMs } from '../../kernel/clock.js';
import type { Session } from './session.js';

const SELECT_ENDS = 'SELECT min(sequence) AS first, max(sequence) AS last FROM event';

const SELECT_NEXT = `
SELECT sequence, accepted_at AS "acceptedAt" FROM event WHERE sequence >= $1 ORDER BY sequence LIMIT 1`;

interface AcceptedEvent {
  readonly sequence: number;
  readonly acceptedAt: EpochMs;
}

/**
 * The first sequence of the events accepted at an instant or later; one more than the last sequence where there are
 * none. Found by halving, for time grows with the sequence: an index over all events would cost every acceptance.
 */
export async function firstAcceptedSince(session: Session, instant: EpochMs): Promise<number> {
  const ends = await session.row<{ readonly first: number | null; readonly last: number | null }>(SELECT_ENDS);
  let low = ends?.first ?? 1;
  let high = (ends?.last ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = await session.row<AcceptedEvent>(SELECT_NEXT, middle);
    if (event !== null && event.acceptedAt < instant) low = event.sequence + 1;
    else high = middle;
  }
  return low;
}
