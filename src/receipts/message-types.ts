import { customApiFor } from '../contract/custom-api.js';
import type { EventCatalog } from '../contract/event-catalog.js';

/** The event type for each message: a message has the unique name of its type's custom API. */
export type MessageTypes = ReadonlyMap<string, string>;

/** The messages of all event types, under a publisher's customization prefix. */
export function messageTypes({ definitions }: EventCatalog, publisherPrefix: string): MessageTypes {
  return new Map(
    definitions.map((definition) => [customApiFor(definition, publisherPrefix).uniqueName, definition.type]),
  );
}
