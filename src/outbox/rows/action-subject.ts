import type { EventStatus } from '../event-record.js';

/** What decides whether and how an operator's deed changes an event. */
export interface ActionSubject {
  readonly sequence: number;
  readonly id: string;
  readonly type: string;
  readonly client: string;
  readonly orderingKey: string | null;
  readonly status: EventStatus;
  readonly place: 'first' | 'behind' | null;
  /** Whether its content is still there. */
  readonly hasData: 0 | 1;
}

/** The columns of an `ActionSubject`; the flag is a number, for SQLite has no booleans. */
export const subjectColumns = `
  sequence, id, type, client, ordering_key AS "orderingKey", status, place,
  CASE WHEN data IS NULL THEN 0 ELSE 1 END AS "hasData"`;
