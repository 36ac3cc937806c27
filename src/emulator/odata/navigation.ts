import type { AssociationDefinition, AssociationEnd } from '../tables/association-definition.js';
import type { LookupDefinition, TableDefinition } from '../tables/table-definition.js';
import type { TableSource } from './table-source.js';

/** Where a navigation property leads. */
export type Navigation =
  | { readonly kind: 'single'; readonly target: TableDefinition; readonly lookup: LookupDefinition }
  | { readonly kind: 'collection'; readonly target: TableDefinition; readonly lookup: LookupDefinition }
  | {
      readonly kind: 'association';
      readonly target: TableDefinition;
      readonly association: AssociationDefinition;
      readonly from: AssociationEnd;
      readonly to: AssociationEnd;
    };

type Named = readonly (readonly [name: string, navigation: Navigation])[];

/** Every navigation property of a table, by name; names are case-sensitive. */
export function navigationsOf(source: TableSource, table: TableDefinition): ReadonlyMap<string, Navigation> {
  return new Map([...singles(source, table), ...collections(source, table), ...associated(source, table)]);
}

function singles(source: TableSource, table: TableDefinition): Named {
  return table.lookups.flatMap((lookup) => {
    const target = source.definition(lookup.target);
    return target === null ? [] : [[lookup.navigation, { kind: 'single', target, lookup }] as const];
  });
}

function collections(source: TableSource, table: TableDefinition): Named {
  return source.definitions.flatMap((target) =>
    target.lookups
      .filter((lookup) => lookup.target === table.logicalName)
      .map((lookup) => [lookup.collection, { kind: 'collection', target, lookup }] as const),
  );
}

function associated(source: TableSource, table: TableDefinition): Named {
  return source.associations.flatMap((association) => {
    const [one, other] = association.ends;
    const sides = [[one, other] as const, [other, one] as const].filter(([from]) => from.table === table.logicalName);
    return sides.flatMap(([from, to]) => {
      const target = source.definition(to.table);
      if (target === null) return [];
      return [[association.navigation, { kind: 'association', association, from, to, target }] as const];
    });
  });
}
