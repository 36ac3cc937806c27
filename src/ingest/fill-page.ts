import type { EventPage, EventPageRequest, ListedEvent } from '../outbox/event-query.js';
import type { Outbox } from '../outbox/outbox.js';

/**
 * A page as full as it was asked for. The store looks at a bounded number of events each time it is asked; it is asked
 * `maxLooks` times at most, so that a filter that fits nothing ends, too.
 */
export async function fillPage(
  outbox: Outbox,
  { filter, cursor, limit }: EventPageRequest,
  maxLooks: number,
): Promise<EventPage> {
  const events: ListedEvent[] = [];
  let next = cursor;
  for (let looks = 0; looks < maxLooks; looks++) {
    const page = await outbox.list({ filter, cursor: next, limit: limit - events.length });
    events.push(...page.events);
    next = page.next;
    if (next === null || events.length === limit) break;
  }
  return { events, next };
}
