import { customApiFor } from '../contract/custom-api.js';
import type { EventCatalog } from '../contract/event-catalog.js';

/** The event type each message stands for: its custom API's unique name is the message's name. */
export type MessageTypes = ReadonlyMap<string, string>;

/** The messages of all event types there are, under a publisher's customization prefix. */
export function messageTypes({ definitions }: EventCatalog, publisherPrefix: string): MessageTypes {
  return new Map(
    definitions.map((definition) => [customApiFor(definition, publisherPrefix).uniqueName, definition.type]),
  );
}
