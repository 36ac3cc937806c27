import { EventCatalog } from '../../../src/contract/event-catalog.js';
import type { EventDefinition } from '../../../src/contract/event-definition.js';

/** Definitions of which delivery reads three things; the rest is filled in. */
export function catalogOf(...definitions: Pick<EventDefinition, 'type' | 'orderingKey' | 'whenDead'>[]): EventCatalog {
  return new EventCatalog(
    definitions.map(({ type, orderingKey, whenDead }) => ({
      type,
      name: type,
      version: 1,
      slug: type.toLowerCase(),
      summary: type,
      catalog: { root: 'Tests', category: 'Tests' },
      key: 'id',
      source: null,
      orderingKey,
      whenDead,
      example: {},
      messageName: null,
      displayName: null,
      fields: [],
      eventClass: class {},
    })),
  );
}

/** `Sale` and `Refund` know no order; `Payment` does, and goes on after a dead one; `Ledger` stops. */
export const CATALOG = catalogOf(
  { type: 'Sale', orderingKey: null, whenDead: 'continue' },
  { type: 'Refund', orderingKey: null, whenDead: 'continue' },
  { type: 'Payment', orderingKey: 'account', whenDead: 'continue' },
  { type: 'Ledger', orderingKey: 'account', whenDead: 'block' },
);

/** The same types, with another custom API behind each: a version that is rolled out beside the first. */
export const NEXT_CATALOG = new EventCatalog(
  CATALOG.definitions.map((each) => ({ ...each, summary: 'said otherwise' })),
);
