import type { Change, Obstacle } from '../change.js';
import type { CatalogComparison } from '../compare/compare-catalogs.js';
import { type JudgedDifference, unlessTolerated } from '../compare/compare-cells.js';
import { catalogRow } from '../wished/wished-rows.js';
import type { Place } from './plan-assignment.js';
import { plainDifferences, updatedCells } from './plan-cells.js';

/** The changes of catalogs, and the place of each catalog after them. */
export interface CatalogsPlan {
  readonly changes: readonly Change[];
  readonly obstacles: readonly Obstacle[];
  /** By unique name of the wished catalog; unusable ones are missing. */
  readonly of: ReadonlyMap<string, Place>;
}

export function planCatalogs(catalogs: readonly CatalogComparison[], newId: () => string): CatalogsPlan {
  const places = new Map<string, Place>();
  const changes: Change[] = [];
  for (const catalog of catalogs) {
    if (catalog.place !== 'right') continue;
    const id = catalog.deployed?.id ?? newId();
    const { uniquename } = catalog.deployed?.cells ?? {};
    const uniqueName = typeof uniquename === 'string' ? uniquename : catalog.wished.uniqueName;
    places.set(catalog.wished.uniqueName, { id, uniqueName });
    if (catalog.deployed === null) changes.push(createCatalog(catalog, { id, places }));
    else changes.push(...updateCatalog(catalog, id));
  }
  return { changes, of: places, obstacles: catalogs.filter(({ place }) => place === 'elsewhere').map(movedCatalog) };
}

function createCatalog(
  { wished }: CatalogComparison,
  { id, places }: { readonly id: string; readonly places: ReadonlyMap<string, Place> },
): Change {
  const parentId = wished.parent === null ? undefined : places.get(wished.parent)?.id;
  return {
    action: 'create',
    component: 'catalog',
    name: wished.uniqueName,
    type: null,
    differences: [],
    operations: [
      {
        kind: 'create',
        set: 'catalogs',
        primaryKey: 'catalogid',
        id,
        row: catalogRow(wished),
        binds: parentId === undefined ? [] : [{ navigation: 'ParentCatalogId', set: 'catalogs', to: { id: parentId } }],
      },
    ],
  };
}

function updateCatalog({ wished, differences }: CatalogComparison, id: string): readonly Change[] {
  const due: readonly JudgedDifference[] = unlessTolerated(differences);
  if (due.length === 0) return [];
  return [
    {
      action: 'update',
      component: 'catalog',
      name: wished.uniqueName,
      type: null,
      differences: plainDifferences(due),
      operations: [{ kind: 'update', set: 'catalogs', id, row: updatedCells(due), binds: [] }],
    },
  ];
}

/** Also reported by `verify`. We may change neither its parent nor what others keep in it. */
export function movedCatalog({ wished, deployed }: CatalogComparison): Obstacle {
  const wishedPlace = wished.parent === null ? 'a root catalog' : `a category of ${wished.parent}`;
  const place = deployed?.parentId === null ? 'a root catalog' : 'a category of another catalog';
  return {
    component: 'catalog',
    name: wished.uniqueName,
    type: null,
    what: `The catalog ${wished.uniqueName} stands elsewhere: it is ${place}, not ${wishedPlace}`,
    why: 'makers would not find the events where the definitions say, and the place of a catalog cannot be changed',
    advice:
      'delete it where nothing is assigned to it, and `dataverse apply` creates it in its place; or give the definitions ' +
      'another catalog (`rootName`, `categoryName`)',
  };
}
