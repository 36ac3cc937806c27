import type { Cell, ColumnDefinition, Row } from '../tables/table-definition.js';
import { FORMATTED_VALUE, LOOKUP_NAVIGATION, LOOKUP_TABLE } from './annotations.js';
import type { Property } from './property.js';
import type { TableSource } from './table-source.js';

/** Dataverse's name for the setting of a managed property, where that differs from the column's. */
const MANAGED_NAMES: ReadonlyMap<string, string> = new Map([['iscustomizable', 'iscustomizableanddeletable']]);

const INSTANT = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

type Member = readonly [name: string, value: unknown];

/** A property of a row in JSON, with the requested annotations before it. */
export function shapeProperty(
  property: Property,
  row: Row,
  { source, wants }: { readonly source: TableSource; readonly wants: (annotation: string) => boolean },
): readonly Member[] {
  if (property.kind === 'lookup') {
    const annotations = lookupAnnotations(property, row, source).filter(([name]) => wants(name));
    return [...annotated(property.name, annotations), [property.name, row[property.column] ?? null]];
  }
  const cell = row[property.name] ?? null;
  const formatted = wants(FORMATTED_VALUE) ? formattedValue(property.column, cell) : null;
  const annotations: readonly Member[] = formatted === null ? [] : [[FORMATTED_VALUE, formatted]];
  return [...annotated(property.name, annotations), [property.name, shapeCell(property.column, cell)]];
}

function annotated(name: string, annotations: readonly Member[]): readonly Member[] {
  return annotations.map(([annotation, value]) => [`${name}@${annotation}`, value]);
}

function shapeCell({ name, type }: ColumnDefinition, cell: Cell): unknown {
  if (type !== 'managed-property') return cell;
  const ManagedPropertyLogicalName = MANAGED_NAMES.get(name) ?? name;
  return { Value: cell ?? true, CanBeChanged: true, ManagedPropertyLogicalName };
}

function formattedValue({ type }: ColumnDefinition, cell: Cell): string | null {
  if (cell === null) return null;
  if (type === 'boolean') return cell === true ? 'Yes' : 'No';
  if (type === 'instant') return INSTANT.format(Date.parse(String(cell)));
  if (type === 'integer' || type === 'bigint' || type === 'decimal') return Number(cell).toLocaleString('en-US');
  return null;
}

/** The table of a polymorphic lookup is the one that has the row. */
function lookupAnnotations(
  { column, lookups }: Extract<Property, { kind: 'lookup' }>,
  row: Row,
  source: TableSource,
): readonly Member[] {
  const id = row[column];
  if (typeof id !== 'string') return [];
  for (const { target, navigation } of lookups) {
    const found = source.find(target, id);
    const primaryName = source.definition(target)?.primaryName;
    if (found === null || primaryName === undefined) continue;
    return [
      [LOOKUP_NAVIGATION, navigation],
      [LOOKUP_TABLE, target],
      [FORMATTED_VALUE, String(found[primaryName] ?? '')],
    ];
  }
  return [];
}
