import type { Row, TableDefinition } from '../table-definition.js';
import { isGuid } from './read-cell.js';

/** What the address of a row says: its table's set, and how the row is to be found. */
export type RowAddress =
  | { readonly set: string; readonly by: 'id'; readonly id: string }
  | { readonly set: string; readonly by: 'key'; readonly values: { readonly [column: string]: string } };

const ADDRESS = /^(?:https?:\/\/[^/]+)?(?:\/api\/data\/v9\.[0-2])?\/?(\w+)\(([^()]*|.*')\)$/;
const PAIR = /^\s*(\w+)\s*=\s*(?:'((?:[^']|'')*)'|([^',]+))\s*(?:,|$)/;

/**
 * Reads an address as `@odata.bind` takes it: with or without slash in front, absolute, by id or by alternate key. Null
 * where it is none.
 */
export function readRowAddress(address: string): RowAddress | null {
  const [, set, key] = ADDRESS.exec(address) ?? [];
  if (set === undefined || key === undefined) return null;
  if (isGuid(key)) return { set, by: 'id', id: key.toLowerCase() };
  const values = readPairs(key);
  return values === null ? null : { set, by: 'key', values };
}

/** Whether a row has all the values that an address names, texts compared without regard to case. */
export function hasValues(row: Row, values: { readonly [column: string]: string }): boolean {
  return Object.entries(values).every(
    ([column, value]) => `${row[column] ?? ''}`.toLowerCase() === value.toLowerCase(),
  );
}

/** Whether the values are those of an alternate key of the table. */
export function isAlternateKey(table: TableDefinition, values: { readonly [column: string]: string }): boolean {
  const named = Object.keys(values).toSorted().join();
  return (table.alternateKeys ?? []).some((columns) => columns.toSorted().join() === named);
}

function readPairs(text: string): { readonly [column: string]: string } | null {
  const values: Record<string, string> = {};
  for (let rest = text; rest !== ''; ) {
    const [all, column, quoted, bare] = PAIR.exec(rest) ?? [];
    if (all === undefined || column === undefined) return null;
    values[lookupColumn(column)] = quoted?.replaceAll("''", "'") ?? bare?.trim() ?? '';
    rest = rest.slice(all.length);
  }
  return Object.keys(values).length === 0 ? null : values;
}

/** Alternate keys name lookups `_customapiid_value`. */
function lookupColumn(name: string): string {
  return /^_(\w+)_value$/.exec(name)?.[1] ?? name;
}
