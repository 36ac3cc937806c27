import type { EligibleMessage } from './eligible-messages.js';
import type { OfferedCatalog } from './offered-event.js';

/** The search; a missing member narrows nothing. Case makes no difference except for tables. */
export interface Search {
  /** Part of a unique or display name of a catalog or category. */
  readonly catalog?: string;
  /** Part of a message's name. */
  readonly message?: string;
  /** Logical name; `none` for events without a table. */
  readonly table?: string;
}

/** The part of the catalogs that fits; in a search for events, catalogs without any are left out. */
export function narrowCatalogs(catalogs: readonly OfferedCatalog[], search: Search): readonly OfferedCatalog[] {
  const wantsEvents = search.message !== undefined || search.table !== undefined;
  return catalogs.flatMap((catalog) => {
    const isFound = isNamed(catalog, search);
    const categories = catalog.categories
      .filter((category) => isFound || isNamed(category, search))
      .map((category) => ({ ...category, events: category.events.filter((event) => fits(event, search)) }))
      .filter(({ events }) => !wantsEvents || events.length > 0);
    return categories.length > 0 || (isFound && !wantsEvents) ? [{ ...catalog, categories }] : [];
  });
}

/** The message with the tables that fit; null where none fits. */
export function narrowMessage({ name, tables }: EligibleMessage, search: Search): EligibleMessage | null {
  const fitting = tables.filter((table) => fits({ name, table }, search));
  return fitting.length === 0 ? null : { name, tables: fitting };
}

interface Named {
  readonly uniqueName: string;
  readonly displayName: string;
}

function isNamed({ uniqueName, displayName }: Named, { catalog = '' }: Search): boolean {
  return contains(uniqueName, catalog) || contains(displayName, catalog);
}

function fits(
  event: { readonly name: string; readonly table: string | null },
  { message = '', table }: Search,
): boolean {
  return contains(event.name, message) && (table === undefined || (event.table ?? 'none') === table);
}

function contains(name: string, text: string): boolean {
  return name.toLowerCase().includes(text.toLowerCase());
}
