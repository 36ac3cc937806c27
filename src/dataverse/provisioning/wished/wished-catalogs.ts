import type { EventDefinition } from '../../../contract/event-definition.js';
import type { WishedCatalog } from './wished-state.js';

/** The `catalog` table takes this many characters of description. */
const LONGEST_DESCRIPTION = 100;

/** The catalog and the category of a definition. */
export interface WishedCatalogs {
  readonly root: WishedCatalog;
  readonly category: WishedCatalog;
}

/**
 * Unique names are `<prefix>_<Root>` and `<prefix>_<Root>_<Category>`, made of the letters and digits of the words, unless
 * the definition names them.
 */
export function wishedCatalogsOf({ catalog }: Pick<EventDefinition, 'catalog'>, prefix: string): WishedCatalogs {
  const rootName = catalog.rootName ?? pascalCase(catalog.root);
  const root = wishedCatalog({
    uniqueName: `${prefix}_${rootName}`,
    words: catalog.root,
    described: catalog.rootDescription,
    parent: null,
  });
  const category = wishedCatalog({
    uniqueName: `${prefix}_${catalog.categoryName ?? `${rootName}_${pascalCase(catalog.category)}`}`,
    words: catalog.category,
    described: catalog.categoryDescription,
    parent: root.uniqueName,
  });
  return { root, category };
}

interface NamedCatalog {
  readonly uniqueName: string;
  readonly words: string;
  readonly described: string | undefined;
  readonly parent: string | null;
}

function wishedCatalog({ uniqueName, words, described, parent }: NamedCatalog): WishedCatalog {
  const name = words.trim();
  const long = `Business events: ${name}`;
  const description = described ?? (long.length > LONGEST_DESCRIPTION ? name : long);
  return { uniqueName, name, displayName: name, description, isDescribed: described !== undefined, parent };
}

/** Unique names have letters and digits of ASCII: `Käufe & Retouren` becomes `KaufeRetouren`. */
function pascalCase(words: string): string {
  const plain = words.normalize('NFKD').replace(/\p{M}/gu, '');
  const parts = plain.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}
