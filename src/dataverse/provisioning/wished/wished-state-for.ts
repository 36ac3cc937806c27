import type { EventDefinition } from '../../../contract/event-definition.js';
import { isSameName } from '../same-name.js';
import { wishedCatalogsOf } from './wished-catalogs.js';
import { type WishedCustomApiOptions, wishedCustomApi } from './wished-custom-api.js';
import { WishedStateError } from './wished-state.error.js';
import type { WishedCatalog, WishedCustomApi, WishedState } from './wished-state.js';

/** What is chosen beside the definitions. */
export interface WishedStateOptions extends WishedCustomApiOptions {
  readonly solution: string | null;
}

/** The `catalog` table takes this many characters of unique name. */
const LONGEST_UNIQUE_NAME = 128;

/**
 * The state that the definitions need in an environment. Throws `WishedStateError` where they contradict each other or
 * Dataverse.
 */
export function wishedStateFor(
  definitions: readonly EventDefinition[],
  { solution, ...options }: WishedStateOptions,
): WishedState {
  const { prefix } = options;
  const catalogs = definitions.flatMap((definition) => Object.values(wishedCatalogsOf(definition, prefix)));
  const customApis = definitions.map((definition) => wishedCustomApi(definition, options));
  const faults = new Set([...catalogs.flatMap(unnameable), ...contradictions(catalogs), ...sharedNames(customApis)]);
  if (faults.size > 0) throw new WishedStateError([...faults]);
  return { prefix, solution, catalogs: once(catalogs), customApis };
}

function unnameable({ uniqueName, name, parent }: WishedCatalog): readonly string[] {
  const what = parent === null ? 'The catalog' : 'The category';
  if (uniqueName.endsWith('_')) {
    return [`${what} "${name}" has no letter a-z and no digit to make a unique name of: name it with some.`];
  }
  if (uniqueName.length <= LONGEST_UNIQUE_NAME) return [];
  const length = `${uniqueName.length} characters, Dataverse takes ${LONGEST_UNIQUE_NAME}`;
  return [`${what} "${name}" would get the unique name ${uniqueName} of ${length}: shorten its words.`];
}

/** A catalog that several definitions name has one name, one place and at most one description from them. */
function contradictions(catalogs: readonly WishedCatalog[]): readonly string[] {
  return catalogs.flatMap((catalog, index) => {
    const first = catalogs.slice(0, index).find((known) => isSame(known, catalog));
    if (first === undefined) return [];
    const { uniqueName } = first;
    const faults: string[] = [];
    if (catalog.uniqueName !== uniqueName || first.name !== catalog.name) {
      faults.push(
        `"${first.name}" and "${catalog.name}" would both be ${uniqueName}: spell them alike, or name them apart.`,
      );
    }
    if (first.parent !== catalog.parent) {
      faults.push(
        `${uniqueName} is wished in two places: a category stands below one catalog, and a catalog below none.`,
      );
    }
    const described = catalogs.filter((known) => known.isDescribed && isSame(known, catalog));
    if (described.some(({ description }) => description !== described[0]?.description)) {
      faults.push(`Definitions describe ${uniqueName} in different words: agree on one description, or say it once.`);
    }
    return faults;
  });
}

/** Dataverse compares unique names without regard to case. */
function sharedNames(customApis: readonly WishedCustomApi[]): readonly string[] {
  const typeOf = new Map<string, string>();
  return customApis.flatMap(({ type, api: { uniqueName } }) => {
    const first = typeOf.get(uniqueName.toLowerCase());
    typeOf.set(uniqueName.toLowerCase(), first ?? type);
    return first === undefined
      ? []
      : [`${first} and ${type} would share the custom API ${uniqueName}: change one's messageName.`];
  });
}

/** Each catalog once, with the description that a definition says; roots before their categories. */
function once(catalogs: readonly WishedCatalog[]): readonly WishedCatalog[] {
  const inOrder = [
    ...catalogs.filter(({ parent }) => parent === null),
    ...catalogs.filter(({ parent }) => parent !== null),
  ];
  return inOrder
    .filter((catalog, index) => inOrder.findIndex((known) => isSame(known, catalog)) === index)
    .map((catalog) => inOrder.find((known) => known.isDescribed && isSame(known, catalog)) ?? catalog);
}

function isSame(one: WishedCatalog, other: WishedCatalog): boolean {
  return isSameName(one.uniqueName, other.uniqueName);
}
