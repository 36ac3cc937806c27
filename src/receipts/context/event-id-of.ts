import { eventIdsOf } from './event-ids-of.js';
import type { RemoteExecutionContext } from './remote-execution-context.js';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the event: it is the same however often Dataverse raises or posts the event, so consumers drop repeats by
 * it. Null where there is none. Anybody may use the tag for other purposes, so it counts last, and only as a GUID. (The
 * gateway looks at the tag first: its store tells it whether an id is one of its events, which a consumer cannot know.)
 */
export function eventIdOf(context: RemoteExecutionContext): string | null {
  let tag: string | null = null;
  for (const { from, value } of eventIdsOf(context)) {
    if (typeof value !== 'string' || value === '') continue;
    if (from === 'EventId') return value;
    if (GUID.test(value)) tag ??= value;
  }
  return tag;
}
