import type { EventStatus } from './event-record.js';

/** From these an operator may cancel an event. */
export const CANCELLABLE: ReadonlySet<EventStatus> = new Set(['pending', 'dead']);

/** In these an operator may erase the content of an event: it has ended. */
export const ERASABLE: ReadonlySet<EventStatus> = new Set(['delivered', 'dead', 'cancelled']);
