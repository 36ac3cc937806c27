import { eventIdsOf } from './event-ids-of.js';
import type { RemoteExecutionContext } from './remote-execution-context.js';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the event, the same however often Dataverse raises it and however often it is posted: what consumers drop
 * repeats by. Null where there is none. Anybody may choose a tag for other ends, so it counts last, and only as a GUID:
 * the gateway, which looks for the tag first, sees in its store whether an id is one of its events; a consumer cannot.
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
