import type { CatalogPlace } from '../../contract/event-definition.js';
import { wishedCatalogsOf } from '../provisioning/wished/wished-catalogs.js';
import type { WishedCatalog } from '../provisioning/wished/wished-state.js';
import type { RegisteredApi, RegisteredCatalog } from './registered-api.js';
import type { Remark } from './remark.js';

/** What a definition cannot express about the place of its API in the catalogs, and what `plan` may do about it. */
export function whatBecomesOfPlace({ place }: RegisteredApi, catalog: CatalogPlace, prefix: string): readonly Remark[] {
  if (place === null) return [];
  const wished = wishedCatalogsOf({ catalog }, prefix);
  const pairs = [
    { registered: place.root, wished: wished.root },
    { registered: place.category, wished: wished.category },
  ];
  const isSame = (pair: Pair) => pair.registered.uniqueName === pair.wished.uniqueName;
  return [...ofWords(pairs.filter((pair) => !isSame(pair))), ...pairs.filter(isSame).flatMap(ofTexts)];
}

interface Pair {
  readonly registered: RegisteredCatalog;
  readonly wished: WishedCatalog;
}

/** Names that the definition gives by its words alone; see `placeOf`. */
function ofWords(pairs: readonly Pair[]): readonly Remark[] {
  if (pairs.length === 0) return [];
  const about = pairs.map(({ registered }) => registered.uniqueName).join(', ');
  const usual = pairs.map(({ wished }) => wished.uniqueName).join(' and ');
  const isFound = pairs.every(({ registered, wished }) =>
    [registered.name, registered.displayName].includes(wished.name),
  );
  const what = isFound
    ? `a definition finds it by its words alone; where ${usual} is there too, \`plan\` will assign the event to that as well`
    : `its words have blanks around them or are missing, so no definition finds it; \`plan\` will assign the event to ${usual} as well`;
  return [
    {
      about,
      what,
      why: 'Unique names of catalogs begin with the prefix of the event types; makers would find the event in two places.',
      advice: 'See what `plan` says before `apply`; another place is chosen by --catalog <root> --category <category>.',
    },
  ];
}

function ofTexts({ registered, wished }: Pair): readonly Remark[] {
  if (registered.name === wished.name && registered.displayName === wished.displayName) return [];
  return [
    {
      about: registered.uniqueName,
      what: `\`plan\` will call it ${JSON.stringify(wished.name)}`,
      why: 'A definition says name and display name of a catalog in one, without blanks around it; everything else in the catalog is shown below the new name.',
      advice: 'Nothing has to be done where that reads as well.',
    },
  ];
}
