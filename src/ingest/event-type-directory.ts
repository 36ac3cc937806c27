import type { EventCatalog } from '../contract/event-catalog.js';
import type { Verifications } from '../contract/verification.js';
import {
  type DescribedEventType,
  describeEventType,
  type EventTypeResource,
  eventTypeResourceOf,
} from './event-type.resource.js';

/** What the directory is made of. */
export interface DirectoryParts {
  readonly catalog: EventCatalog;
  readonly publisherPrefix: string;
  readonly verifications: Verifications;
}

/**
 * The event types as clients discover them. Everything but the verification is made once: the catalog never changes.
 */
export class EventTypeDirectory {
  private readonly described: readonly DescribedEventType[];
  private readonly verifications: Verifications;

  constructor({ catalog, publisherPrefix, verifications }: DirectoryParts) {
    this.described = catalog.definitions.map((definition) => describeEventType(definition, publisherPrefix));
    this.verifications = verifications;
  }

  list(): readonly EventTypeResource[] {
    return this.described.map((described) => this.asOfNow(described));
  }

  /** By the type's word, `CustomerPurchase`, or by the last part of its path, `customer-purchase`; null when unknown. */
  find(name: string): EventTypeResource | null {
    const found = this.described.find(({ type, path }) => type === name || path === `/v1/events/${name}`);
    return found === undefined ? null : this.asOfNow(found);
  }

  private asOfNow(described: DescribedEventType): EventTypeResource {
    return eventTypeResourceOf(described, this.verifications.of(described.type));
  }
}
