import type { EpochMs } from '../../kernel/clock.js';
import type { Session } from './session.js';

const SELECT_ENDS = 'SELECT min(sequence) AS low FROM event UNION ALL SELECT max(sequence) FROM event';

const SELECT_NEXT = `
SELECT sequence, accepted_at AS acceptedAt FROM event WHERE sequence >= ? ORDER BY sequence LIMIT 1`;

interface AcceptedEvent {
  readonly sequence: number;
  readonly acceptedAt: EpochMs;
}

/**
 * The first sequence of the events accepted at an instant or later; one more than the last sequence where there are
 * none. Found by halving, for time grows with the sequence: an index over all events would cost every acceptance.
 */
export function firstAcceptedSince(session: Session, instant: EpochMs): number {
  const [first, last] = session.rows<{ readonly low: number | null }>(SELECT_ENDS);
  let low = first?.low ?? 1;
  let high = (last?.low ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = session.row<AcceptedEvent>(SELECT_NEXT, middle);
    if (event !== null && event.acceptedAt < instant) low = event.sequence + 1;
    else high = middle;
  }
  return low;
}
