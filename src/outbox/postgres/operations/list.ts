import type { EventPage, EventPageRequest, ListedEvent } from '../../event-query.js';
import { listedColumns } from '../../rows/listed-columns.js';
import { eventOfRow, type ListedRow } from '../../rows/listed-row.js';
import type { Session } from '../session.js';
import { walkEvents } from '../walk-events.js';

type Row = ListedRow<ListedEvent> & { readonly sequence: number };

/** Events that fit a filter, the newest first. */
export async function list(session: Session, { filter, cursor, limit }: EventPageRequest): Promise<EventPage> {
  const { rows, next } = await walkEvents<Row>(session, {
    filter,
    direction: 'DESC',
    from: cursor,
    limit,
    columns: `sequence, ${listedColumns}`,
  });
  return { events: rows.map(({ sequence: _, ...row }) => eventOfRow(row)), next };
}
