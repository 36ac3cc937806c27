import type { EventClass } from './event-class.js';
import type { FieldDefinition } from './field-definition.js';

/** What becomes of the events behind a dead one of the same ordering key. */
export type WhenDead = 'continue' | 'block';

/** Where makers find an event in Power Automate: a category below a root catalog. The texts are their display names. */
export interface CatalogPlace {
  readonly root: string;
  readonly category: string;
  /** Unique names without prefix, where they do not follow from the texts. */
  readonly rootName?: string;
  readonly categoryName?: string;
  readonly rootDescription?: string;
  readonly categoryDescription?: string;
}

/** What `@BusinessEvent` says about a class; see there for what each member means. */
export interface EventDeclaration {
  readonly name: string;
  readonly version: number;
  readonly summary: string;
  readonly catalog: CatalogPlace;
  readonly key: string;
  readonly source?: string;
  readonly orderingKey?: string;
  readonly whenDead?: WhenDead;
  readonly example: Readonly<Record<string, unknown>>;
  readonly messageName?: string;
  readonly displayName?: string;
}

/**
 * One event type as every reader sees it: the REST endpoint, validation, OpenAPI, the custom API, the emulator and the
 * tests are all derived from this and from nothing else.
 */
export interface EventDefinition {
  /** The type's word everywhere (REST, store, gates, scopes): `CustomerPurchase`, from version 2 on `CustomerPurchase.v2`. */
  readonly type: string;
  readonly name: string;
  readonly version: number;
  /** The last part of the endpoint's path: `customer-purchase`, from version 2 on `customer-purchase-v2`. */
  readonly slug: string;
  readonly summary: string;
  readonly catalog: CatalogPlace;
  /** Name of the field that holds the business key. */
  readonly key: string;
  /** Name of the field that says where it happened, or null: then the client's name stands for it. */
  readonly source: string | null;
  /** Name of the field whose equal values are delivered in order, or null for no order. */
  readonly orderingKey: string | null;
  readonly whenDead: WhenDead;
  /** A complete event that is accepted as it stands. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The custom API's unique name when it is not `<prefix>_<name>`, else null. */
  readonly messageName: string | null;
  /** The custom API's name for makers when it is not its unique name in words, else null. */
  readonly displayName: string | null;
  readonly fields: readonly FieldDefinition[];
  readonly eventClass: EventClass;
}
