import type { EventPage, EventPageRequest, ListedEvent } from '../outbox/event-query.js';
import type { Outbox } from '../outbox/outbox.js';

/**
 * Fills a page up to the size that was asked for. The store looks at a bounded number of events per call; it is called
 * at most `maxLooks` times, so that a filter that matches nothing ends, too.
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
