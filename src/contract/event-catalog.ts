import type { EventDefinition } from './event-definition.js';

/** Every event type this gateway carries, as loaded at start; nothing is added later. */
export class EventCatalog {
  private readonly byType: ReadonlyMap<string, EventDefinition>;

  constructor(readonly definitions: readonly EventDefinition[]) {
    this.byType = new Map(definitions.map((definition) => [definition.type, definition]));
  }

  /** The definition for a type's word such as `CustomerPurchase`, or null when there is none (any more). */
  find(type: string): EventDefinition | null {
    return this.byType.get(type) ?? null;
  }

  get types(): readonly string[] {
    return [...this.byType.keys()];
  }
}
