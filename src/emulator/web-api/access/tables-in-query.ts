import type { Filter, Operand, Path, Query } from '../../odata/query.js';
import type { Vocabulary } from '../../odata/vocabulary.js';
import type { TableDefinition } from '../../tables/table-definition.js';

/** Where the names of an expression are looked up. */
interface Around {
  readonly table: TableDefinition;
  readonly variables: ReadonlyMap<string, TableDefinition>;
  readonly vocabulary: Vocabulary;
}

/** The tables that a query reads besides its own: a filter reveals the content of a row as well as a `$select` does. */
export function tablesInQuery(
  query: Query,
  table: TableDefinition,
  vocabulary: Vocabulary,
): readonly TableDefinition[] {
  const around = { table, variables: new Map(), vocabulary };
  const expanded = query.expand.flatMap(({ navigation, query: inner }) => {
    const { target } = vocabulary.navigation(table, navigation);
    return [target, ...tablesInQuery(inner, target, vocabulary)];
  });
  return [
    ...expanded,
    ...(query.filter === null ? [] : tablesInFilter(query.filter, around)),
    ...query.orderBy.flatMap(({ path }) => tablesAlong(path, around)),
  ];
}

function tablesInFilter(filter: Filter, around: Around): readonly TableDefinition[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [filter.left, filter.right].flatMap((side) => tablesInFilter(side, around));
    case 'not':
      return tablesInFilter(filter.operand, around);
    case 'compare':
      return [filter.left, filter.right].flatMap((side) => tablesInOperand(side, around));
    case 'text':
      return [filter.text, filter.part].flatMap((side) => tablesInOperand(side, around));
    case 'holds':
      return tablesInOperand(filter.operand, around);
    default:
      return tablesInLambda(filter, around);
  }
}

function tablesInLambda(filter: Extract<Filter, { kind: 'any' | 'all' }>, around: Around): readonly TableDefinition[] {
  const met = tablesAlong(filter.path, around);
  const target = met.at(-1);
  if (filter.predicate === null || target === undefined) return met;
  const variables = new Map([...around.variables, [filter.predicate.variable, target]]);
  return [...met, ...tablesInFilter(filter.predicate.filter, { ...around, variables })];
}

function tablesInOperand(operand: Operand, around: Around): readonly TableDefinition[] {
  return operand.kind === 'path' ? tablesAlong(operand.path, around) : [];
}

/** The tables that a path crosses on its way to a property. An unknown name is refused elsewhere. */
function tablesAlong(path: Path, { table, variables, vocabulary }: Around): readonly TableDefinition[] {
  const variable = variables.get(path[0] ?? '');
  const met: TableDefinition[] = [];
  for (const name of variable === undefined ? path : path.slice(1)) {
    const navigation = vocabulary.navigations(met.at(-1) ?? variable ?? table).get(name);
    if (navigation === undefined) break;
    met.push(navigation.target);
  }
  return met;
}
