import type { DeployedCatalog } from '../deployed/deployed-state.js';
import { isSameName } from '../same-name.js';
import { catalogRow } from '../wished/wished-rows.js';
import type { WishedCatalog } from '../wished/wished-state.js';
import { compareCells, type JudgedDifference } from './compare-cells.js';
import { CATALOG_RULES, UNSAID_DESCRIPTION } from './compare-rules.js';

/** What is deployed for a wished catalog or category. */
export interface CatalogComparison {
  readonly wished: WishedCatalog;
  readonly deployed: DeployedCatalog | null;
  readonly differences: readonly JudgedDifference[];
  /**
   * At the place where it can be used; `elsewhere`: its unique name is used at another place, which no update changes.
   */
  readonly place: 'right' | 'elsewhere' | 'below-elsewhere';
}

/** By unique name of the wished catalog. */
export function compareCatalogs(
  wished: readonly WishedCatalog[],
  deployed: readonly DeployedCatalog[],
): ReadonlyMap<string, CatalogComparison> {
  const found = new Map<string, CatalogComparison>();
  for (const catalog of wished) {
    const parent = catalog.parent === null ? null : (found.get(catalog.parent) ?? null);
    found.set(catalog.uniqueName, compareCatalog(catalog, parent, deployed));
  }
  return found;
}

function compareCatalog(
  wished: WishedCatalog,
  parent: CatalogComparison | null,
  all: readonly DeployedCatalog[],
): CatalogComparison {
  const parentId = wished.parent === null ? null : parent?.deployed?.id;
  const same = all.find(({ cells }) => isSameName(cells.uniquename, wished.uniqueName));
  if (same !== undefined && same.parentId !== parentId) {
    return { wished, deployed: same, differences: [], place: 'elsewhere' };
  }
  if (parent !== null && parent.place !== 'right') {
    return { wished, deployed: null, differences: [], place: 'below-elsewhere' };
  }
  if (same !== undefined) return { wished, deployed: same, differences: differencesOf(wished, same), place: 'right' };
  const named = only(all.filter((catalog) => catalog.parentId === parentId && isCalled(catalog, wished.name)));
  const differences = named === null ? [] : [otherName(wished, named), ...switchedOff(named)];
  return { wished, deployed: named, differences, place: 'right' };
}

/** Its publisher decides whether it is active. */
function switchedOff({ cells }: DeployedCatalog): readonly JudgedDifference[] {
  const [rule, statecode] = [CATALOG_RULES.statecode, cells.statecode ?? 0];
  if (rule === undefined || statecode === 0) return [];
  const { isFixed, why } = rule;
  return [{ column: 'statecode', wished: 0, deployed: statecode, isFixed, isLoss: false, severity: 'tolerated', why }];
}

/** Anybody may have a catalog of that name: it is used as it is. */
function otherName({ uniqueName }: WishedCatalog, { cells }: DeployedCatalog): JudgedDifference {
  return {
    column: 'uniquename',
    wished: uniqueName,
    deployed: cells.uniquename ?? null,
    isFixed: true,
    isLoss: false,
    severity: 'tolerated',
    why: 'it has the name that the definitions say, and events are found in it as well',
  };
}

/** Only its publisher may change the texts of a managed catalog, and events are found in it all the same. */
function differencesOf(wished: WishedCatalog, deployed: DeployedCatalog): readonly JudgedDifference[] {
  const rules = wished.isDescribed ? CATALOG_RULES : { ...CATALOG_RULES, description: UNSAID_DESCRIPTION };
  const differences = compareCells(catalogRow(wished), deployed, rules);
  return deployed.isManaged ? differences.map((difference) => ({ ...difference, severity: 'tolerated' })) : differences;
}

function isCalled({ cells }: DeployedCatalog, words: string): boolean {
  return cells.name === words || cells.displayname === words;
}

/** If several have these words, none can be chosen. */
function only(catalogs: readonly DeployedCatalog[]): DeployedCatalog | null {
  return catalogs.length === 1 ? (catalogs[0] ?? null) : null;
}
