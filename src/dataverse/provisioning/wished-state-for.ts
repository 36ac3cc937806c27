import { customApiFor } from '../../contract/custom-api.js';
import type { EventDefinition } from '../../contract/event-definition.js';
import { WishedStateError } from './wished-state.error.js';
import type { WishedCatalog, WishedCustomApi, WishedState } from './wished-state.js';

/** What is chosen beside the definitions. */
export interface WishedStateOptions {
  readonly prefix: string;
  readonly solution: string | null;
  /** See `WishedCustomApi.executePrivilege`. */
  readonly executePrivilege?: string | null;
}

/** Limits of Dataverse's `catalog` table, in characters. */
const LIMITS = { uniqueName: 128, description: 100 };

/** What the definitions ask of an environment. Throws `WishedStateError` where catalogs cannot be named so. */
export function wishedStateFor(
  definitions: readonly EventDefinition[],
  { prefix, solution, ...choices }: WishedStateOptions,
): WishedState {
  const catalogs = new Map<string, WishedCatalog>();
  const faults = new Set<string>();
  const want = (catalog: WishedCatalog): string => {
    const known = catalogs.get(catalog.uniqueName.toLowerCase());
    for (const fault of faultsOf(catalog, known)) faults.add(fault);
    catalogs.set(catalog.uniqueName.toLowerCase(), known ?? catalog);
    return known?.uniqueName ?? catalog.uniqueName;
  };
  const customApis = definitions.map((definition): WishedCustomApi => {
    const root = want(catalogFor(`${prefix}_`, definition.catalog.root, null));
    const category = want(catalogFor(`${root}_`, definition.catalog.category, root));
    return { type: definition.type, api: customApiFor(definition, prefix), category, ...choices };
  });
  for (const fault of sharedNames(customApis)) faults.add(fault);
  if (faults.size > 0) throw new WishedStateError([...faults]);
  return { prefix, solution, catalogs: rootsFirst([...catalogs.values()]), customApis };
}

function catalogFor(beginning: string, words: string, parent: string | null): WishedCatalog {
  const name = words.trim();
  const long = `Business events: ${name}`;
  return {
    uniqueName: `${beginning}${pascalCase(name)}`,
    name,
    displayName: name,
    description: long.length > LIMITS.description ? name : long,
    parent,
  };
}

/** Unique names have letters and digits of ASCII: `Käufe & Retouren` becomes `KaufeRetouren`. */
function pascalCase(words: string): string {
  const plain = words.normalize('NFKD').replace(/\p{M}/gu, '');
  const parts = plain.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}

function faultsOf({ uniqueName, name, parent }: WishedCatalog, known: WishedCatalog | undefined): readonly string[] {
  const what = parent === null ? 'The catalog' : 'The category';
  if (uniqueName.endsWith('_')) {
    return [`${what} "${name}" has no letter a-z and no digit to make a unique name of: name it with some.`];
  }
  if (uniqueName.length > LIMITS.uniqueName) {
    const length = `${uniqueName.length} characters, Dataverse takes ${LIMITS.uniqueName}`;
    return [`${what} "${name}" would get the unique name ${uniqueName} of ${length}: shorten its words.`];
  }
  if (known === undefined || known.name === name) return [];
  return [`"${known.name}" and "${name}" would both be ${known.uniqueName}: spell them alike, or name them apart.`];
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

function rootsFirst(catalogs: readonly WishedCatalog[]): readonly WishedCatalog[] {
  return [...catalogs.filter(({ parent }) => parent === null), ...catalogs.filter(({ parent }) => parent !== null)];
}
