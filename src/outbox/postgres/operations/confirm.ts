import { type ConfirmResult, isKept, type NewReceipt, UNKNOWN_RECEIPT } from '../../receipt.js';
import {
  type ConfirmableEvent,
  confirmableColumns,
  confirmed,
  endedBy,
  judgeReceipt,
  waitedMs,
} from '../../rows/confirmed-event.js';
import type { KeptReceipt } from '../../rows/receipt-row.js';
import { type Line, lockLines } from '../advisory-locks.js';
import { endLeases } from '../end-leases.js';
import { insertReceipts, type ReceiptLine } from '../insert-receipts.js';
import { lineOf } from '../line-of.js';
import { promoteNext } from '../promote-next.js';
import type { Session } from '../session.js';

/**
 * These columns never change, and an event that was delivered once has left its line for good: they may be read before
 * the lock.
 */
const SELECT_MEANT = `
SELECT sequence, id, type, client, CASE WHEN status <> 'delivered' THEN ordering_key END AS "orderingKey"
FROM event WHERE id = ANY($1)`;

/** Locked in the one order that every transaction uses. */
const SELECT = `SELECT ${confirmableColumns} FROM event WHERE id = ANY($1) ORDER BY sequence FOR UPDATE`;

/** Once the events are locked, nobody else adds to these. */
const SELECT_KEPT = `
SELECT event_sequence AS sequence, step, operation, result, replays FROM receipt WHERE event_sequence = ANY($1)`;

const NOTE = `
UPDATE event SET confirmed_at = noted.confirmed_at, confirm_by = NULL, overdue = 0
FROM unnest($1::bigint[], $2::bigint[]) AS noted (sequence, confirmed_at) WHERE event.sequence = noted.sequence`;

type MeantEvent = Omit<Line, 'orderingKey'> & Pick<ConfirmableEvent, 'sequence' | 'id' | 'orderingKey'>;
type KeptRow = KeptReceipt & Pick<ConfirmableEvent, 'sequence'>;

/** Takes the receipts of several calls, in their order: keeps them, and changes their events accordingly. */
export async function confirm(
  session: Session,
  calls: readonly (readonly NewReceipt[])[],
): Promise<readonly (readonly ConfirmResult[])[]> {
  const told = [...new Set(calls.flat().flatMap(({ eventIds }) => eventIds))];
  const known = await session.rows<MeantEvent>(SELECT_MEANT, told);
  const isKnown = new Set(known.map(nameOf));
  const idOf = ({ eventIds, type }: NewReceipt) => eventIds.find((id) => isKnown.has(nameOf({ id, type })));
  const ids = new Set(calls.flat().flatMap((receipt) => idOf(receipt) ?? []));
  const meant = known.filter(({ id }) => ids.has(id));
  await session.lock(lockLines(meant.flatMap(lineOf)));
  // Sent together, without waiting in between: the second statement sees what was committed before the first got its
  // locks.
  const [events, kept] = await Promise.all([
    session.rows<ConfirmableEvent>(SELECT, [...ids]),
    session.rows<KeptRow>(
      SELECT_KEPT,
      meant.map(({ sequence }) => sequence),
    ),
  ]);
  const confirming = new Confirming(session, events, kept);
  const results = calls.map((receipts) => receipts.map((receipt) => confirming.take(receipt, idOf(receipt))));
  await confirming.write();
  return results;
}

function nameOf({ id, type }: { readonly id: string; readonly type: string }): string {
  return `${id} ${type}`;
}

/** What a group of receipts changes about its events. */
class Confirming {
  private readonly before: ReadonlyMap<string, ConfirmableEvent>;
  private readonly events: Map<string, ConfirmableEvent>;
  private readonly kept: Map<number, KeptReceipt[]>;
  private readonly lines: ReceiptLine[] = [];

  constructor(
    private readonly session: Session,
    events: readonly ConfirmableEvent[],
    kept: readonly KeptRow[],
  ) {
    this.before = new Map(events.map((event) => [event.id, event]));
    this.events = new Map(this.before);
    this.kept = Map.groupBy(kept, ({ sequence }) => sequence);
  }

  take(receipt: NewReceipt, eventId: string | undefined): ConfirmResult {
    // Retention may have removed it between the two statements.
    const event = eventId === undefined ? undefined : this.events.get(eventId);
    if (event === undefined) return UNKNOWN_RECEIPT;
    const { now } = this.session;
    const { id, sequence, replays } = event;
    const kept = this.kept.get(sequence) ?? [];
    const result = judgeReceipt(event, kept, receipt);
    if (result === 'unknown') return UNKNOWN_RECEIPT;
    if (isKept(result)) {
      const { step, operation } = receipt;
      this.kept.set(sequence, [...kept, { step, operation, result, replays }]);
      this.lines.push({ ...receipt, result, sequence, replays });
    }
    const after = confirmed(event, result, now);
    this.events.set(id, after);
    return { result, eventId: id, waitedMs: waitedMs(event, result, now), ended: endedBy(event, after) };
  }

  async write(): Promise<void> {
    const changed = [...this.events.values()].filter((event) => event !== this.before.get(event.id));
    const ended = changed.filter(({ id, status }) => status !== this.before.get(id)?.status);
    for (const { id, type, status } of changed) {
      const before = this.before.get(id);
      if (before?.overdue === 1) this.session.tally.left(type, 'overdue');
      if (before !== undefined && before.status !== status) this.session.tally.moved(type, before.status, status);
    }
    await Promise.all([
      insertReceipts(this.session, this.lines),
      this.note(changed),
      endLeases(this.session, ended),
      promoteNext(this.session, ended.filter(({ id }) => this.before.get(id)?.place === 'first').flatMap(lineOf)),
    ]);
  }

  private async note(changed: readonly ConfirmableEvent[]): Promise<void> {
    if (changed.length === 0) return;
    await this.session.change(
      NOTE,
      changed.map(({ sequence }) => sequence),
      changed.map(({ confirmedAt }) => confirmedAt),
    );
  }
}
