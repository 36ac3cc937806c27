import type { CatalogPlace } from '../../contract/event-definition.js';
import { wishedCatalogsOf } from '../provisioning/wished/wished-catalogs.js';
import type { RegisteredApi, RegisteredCatalog } from './registered-api.js';

/**
 * Where an API is cataloged, in a definition's terms: display names, and unique names where they do not follow from
 * those. A catalog of another publisher is found by its display name alone. Null where the API is not cataloged.
 */
export function placeOf({ place }: RegisteredApi, prefix: string): CatalogPlace | null {
  if (place === null) return null;
  const texts = { root: wordsOf(place.root), category: wordsOf(place.category) };
  const rootName = nameWithin(prefix, place.root);
  const isRootUsual = wishedCatalogsOf({ catalog: texts }, prefix).root.uniqueName === place.root.uniqueName;
  const rooted = isRootUsual || rootName === null ? texts : { ...texts, rootName };
  const categoryName = nameWithin(prefix, place.category);
  const isUsual = wishedCatalogsOf({ catalog: rooted }, prefix).category.uniqueName === place.category.uniqueName;
  return isUsual || categoryName === null ? rooted : { ...rooted, categoryName };
}

function wordsOf({ displayName, uniqueName }: RegisteredCatalog): string {
  return displayName.trim() === '' ? uniqueName : displayName;
}

/**
 * The unique name without the prefix; null where it has another prefix. Null also where `name` and display name differ:
 * a definition has one word for both, so naming the catalog would change it. Found by its display name, it stays as it
 * is.
 */
function nameWithin(prefix: string, { uniqueName, name, displayName }: RegisteredCatalog): string | null {
  return uniqueName.startsWith(`${prefix}_`) && name === displayName ? uniqueName.slice(prefix.length + 1) : null;
}
