import type { Vocabulary } from '../../odata/vocabulary.js';
import type { TableDefinition } from '../../tables/table-definition.js';

/** The tables that a create writes besides its own: those of the rows in its collections, and of theirs. */
export function tablesInBody(
  body: Readonly<Record<string, unknown>>,
  table: TableDefinition,
  vocabulary: Vocabulary,
): readonly TableDefinition[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const navigation = Array.isArray(value) ? vocabulary.navigations(table).get(name) : undefined;
    if (navigation?.kind !== 'collection' || !Array.isArray(value)) return [];
    const { target } = navigation;
    return value.filter(isObject).flatMap((row) => [target, ...tablesInBody(row, target, vocabulary)]);
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
