import type { CustomApi } from '../../../contract/custom-api.js';

/** A catalog or, below it, a category: a row of the `catalog` table. */
export interface WishedCatalog {
  readonly uniqueName: string;
  /** The words in the definition; an existing catalog of this name is used, with any unique name. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Whether a definition gives the description; otherwise a description by others is kept. */
  readonly isDescribed: boolean;
  /** Unique name of the root catalog, or null for a root. */
  readonly parent: string | null;
}

/** The custom API of an event type, and the category it is assigned to. */
export interface WishedCustomApi {
  /** The event type's word: `CustomerPurchase`, `CustomerPurchase.v2`. */
  readonly type: string;
  readonly api: CustomApi;
  /** Unique name of the category. */
  readonly category: string;
  /** The privilege a caller needs, null for none; absent: none at creation, and later the one that somebody chose. */
  readonly executePrivilege?: string | null;
}

/** Everything that an environment has to contain for the event types of a catalog. */
export interface WishedState {
  readonly prefix: string;
  /** Unique name of the solution that new components are added to, or null for the default solution. */
  readonly solution: string | null;
  /** Roots before their categories. */
  readonly catalogs: readonly WishedCatalog[];
  readonly customApis: readonly WishedCustomApi[];
}
