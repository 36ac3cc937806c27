import type { EventStatus } from '../outbox/event-record.js';

/** The status words as the contract lists them; forgetting a word here does not compile. */
export const EVENT_STATUSES = Object.keys({
  pending: true,
  delivering: true,
  delivered: true,
  dead: true,
  cancelled: true,
} satisfies Record<EventStatus, true>) as EventStatus[];
