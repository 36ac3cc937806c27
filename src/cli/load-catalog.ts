import type { EventCatalog } from '../contract/event-catalog.js';
import { loadEventCatalog } from '../contract/load-event-catalog.js';
import { readPublisherPrefix } from '../settings/read-settings.js';
import type { CliContext } from './cli-context.js';

/** Where the event types stand, in src/ as in dist/. */
const EVENTS = new URL('../events/', import.meta.url);

/** The event types of this gateway, and the prefix of their custom APIs' names. */
export async function loadCatalog(
  context: CliContext,
): Promise<{ readonly catalog: EventCatalog; readonly prefix: string }> {
  const prefix = readPublisherPrefix(context.environment);
  return { catalog: await loadEventCatalog(EVENTS, prefix), prefix };
}
