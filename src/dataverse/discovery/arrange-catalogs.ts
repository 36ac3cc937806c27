import type { AssignmentRow, CallableRow, CatalogContents } from './catalog-contents.js';
import type { OfferedCatalog, OfferedCategory, OfferedEvent } from './offered-event.js';

/**
 * The catalogs as makers see them. A table brings its operations, and the custom APIs bound to it that have no
 * assignment of their own; `carried` are the event types of this gateway by the unique names of their custom APIs.
 */
export function arrangeCatalogs(
  contents: CatalogContents,
  carried: ReadonlyMap<string, string>,
): readonly OfferedCatalog[] {
  const { catalogs } = contents;
  const roots = catalogs.filter(({ parentId }) => parentId === null);
  const categoryOf = ({ id, uniqueName, displayName }: CatalogContents['catalogs'][number]): OfferedCategory => ({
    uniqueName,
    displayName,
    events: eventsOf(id, contents).map((event) => ({ ...event, carries: carriedBy(event, carried) })),
  });
  return sorted(
    roots.map(({ id, uniqueName, displayName }) => ({
      uniqueName,
      displayName,
      categories: sorted(catalogs.filter(({ parentId }) => parentId === id).map(categoryOf)),
    })),
  );
}

type UncarriedEvent = Omit<OfferedEvent, 'carries'>;

function eventsOf(categoryId: string, contents: CatalogContents): readonly UncarriedEvent[] {
  const events = contents.assignments
    .filter((assignment) => assignment.categoryId === categoryId)
    .flatMap((assignment) => eventsIn(assignment, contents));
  const once = new Map(events.map((event) => [`${event.table ?? ''} ${event.name}`, event]));
  return [...once.values()].sort((one, other) => compare(keyOf(one), keyOf(other)));
}

function eventsIn(assignment: AssignmentRow, { callables, operations }: CatalogContents): readonly UncarriedEvent[] {
  const { name, customApiId, workflowId, table } = assignment;
  if (table !== null) {
    const bound = callables.filter((callable) => callable.table === table).map(callableEvent);
    return [...(operations.get(table) ?? []).map((operation) => operationEvent(operation, table)), ...bound];
  }
  const found = callables.find(({ id }) => id === (customApiId ?? workflowId));
  return [found === undefined ? unknownEvent(name) : callableEvent(found)];
}

function callableEvent({ id: _id, ...event }: CallableRow): UncarriedEvent {
  return event;
}

function operationEvent(name: string, table: string): UncarriedEvent {
  const kind = 'table-operation';
  return { kind, name, displayName: null, table, parameters: null, isPrivate: false, isActive: true };
}

function unknownEvent(name: string): UncarriedEvent {
  const kind = 'unknown';
  return { kind, name, displayName: null, table: null, parameters: null, isPrivate: false, isActive: false };
}

function carriedBy({ kind, name }: UncarriedEvent, carried: ReadonlyMap<string, string>): string | null {
  return kind === 'custom-api' ? (carried.get(name) ?? null) : null;
}

function sorted<T extends { readonly uniqueName: string }>(rows: readonly T[]): readonly T[] {
  return [...rows].sort((one, other) => compare(one.uniqueName, other.uniqueName));
}

function keyOf({ kind, name, table }: UncarriedEvent): string {
  return `${table ?? ''} ${kind} ${name}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
