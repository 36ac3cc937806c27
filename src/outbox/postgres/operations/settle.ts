import type { SettleRequest, SettleResult } from '../../outbox.js';
import { judge, nextAttemptOf, type SettledEvent, settled } from '../../rows/settled-event.js';
import { type StoredEvent, storedColumns } from '../../rows/stored-event.js';
import { type Line, lockLines } from '../advisory-locks.js';
import { endLeases } from '../end-leases.js';
import { lineOf } from '../line-of.js';
import { promoteNext } from '../promote-next.js';
import { type AttemptLine, recordAttempts } from '../record-attempts.js';
import type { Session } from '../session.js';

/** The lines never change: they may be read before they are locked. */
const SELECT_LINES = `
SELECT DISTINCT client, type, ordering_key AS "orderingKey" FROM event
WHERE id = ANY($1) AND ordering_key IS NOT NULL`;

/** Locked in the one order that every transaction uses. */
const SELECT = `SELECT ${storedColumns} FROM event WHERE id = ANY($1) ORDER BY sequence FOR UPDATE`;

/** Ends leases, each fenced by its token, and writes the timeline. */
export async function settle(
  session: Session,
  calls: readonly (readonly SettleRequest[])[],
): Promise<readonly (readonly SettleResult[])[]> {
  const ids = [...new Set(calls.flat().map(({ id }) => id))];
  await session.lock(lockLines(await session.rows<Line>(SELECT_LINES, ids)));
  const rows = await session.rows<StoredEvent>(SELECT, ids);
  const settling = new Settling(session, rows);
  const results = calls.map((requests) => requests.map((request) => settling.take(request)));
  await settling.write();
  return results;
}

/** What a group of settlements changes about its events. */
class Settling {
  private readonly events: Map<string, StoredEvent>;
  private readonly ended = new Map<string, SettledEvent>();
  private readonly left: Line[] = [];
  private readonly attempts: AttemptLine[] = [];

  constructor(
    private readonly session: Session,
    rows: readonly StoredEvent[],
  ) {
    this.events = new Map(rows.map((row) => [row.id, row]));
  }

  take(request: SettleRequest): SettleResult {
    const event = this.events.get(request.id);
    if (event === undefined) return 'stale';
    if (request.onlyIfEnded === true && !this.hasEnded(event, request)) return 'stale';
    const result = judge(event, request);
    const after = result === 'stale' ? event : this.end(event, request);
    if (request.attempt !== null) {
      this.attempts.push({ ...request.attempt, sequence: event.sequence, nextAttemptAt: nextAttemptOf(after) });
    }
    return result;
  }

  async write(): Promise<void> {
    await Promise.all([
      endLeases(this.session, [...this.ended.values()]),
      promoteNext(this.session, this.left),
      recordAttempts(this.session, this.attempts),
    ]);
  }

  /** Its owner may have renewed it since it was found, or another process was faster. */
  private hasEnded(event: StoredEvent, { leaseToken }: SettleRequest): boolean {
    return event.leaseToken === leaseToken && (event.leaseUntil ?? 0) <= this.session.now;
  }

  private end(event: StoredEvent, { settlement }: SettleRequest): StoredEvent {
    const after = settled(event, settlement, this.session.now);
    this.events.set(event.id, after);
    this.ended.set(event.id, after);
    this.session.tally.moved(event.type, event.status, after.status);
    if (after.status === 'dead' && after.place === 'first') this.session.tally.entered(event.type, 'blocking');
    if (after.place === null && event.place === 'first') this.left.push(...lineOf(event));
    return after;
  }
}
