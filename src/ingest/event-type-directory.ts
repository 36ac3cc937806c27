import type { EventCatalog } from '../contract/event-catalog.js';
import { type EventTypeResource, eventTypeResourceOf } from './event-type.resource.js';

/** The event types as clients discover them; made once, since the catalog never changes while the gateway runs. */
export class EventTypeDirectory {
  readonly eventTypes: readonly EventTypeResource[];

  constructor(catalog: EventCatalog, publisherPrefix: string) {
    this.eventTypes = catalog.definitions.map((definition) => eventTypeResourceOf(definition, publisherPrefix));
  }

  /** By the type's word, `CustomerPurchase`, or by the last part of its path, `customer-purchase`; null when unknown. */
  find(name: string): EventTypeResource | null {
    return this.eventTypes.find(({ type, path }) => type === name || path === `/v1/events/${name}`) ?? null;
  }
}
