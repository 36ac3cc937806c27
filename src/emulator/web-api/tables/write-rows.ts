import type { RowKey } from '../../odata/find-row.js';
import { noRow, type Origin } from '../../odata/follow-path.js';
import type { Answer } from '../../server/answer.js';
import type { Row, TableDefinition } from '../../tables/table-definition.js';
import type { Tables } from '../../tables/tables.js';
import type { WriteHow, WriteResult } from '../../tables/write-result.js';
import { missingPrivilege, privilegeFor } from '../access/missing-privilege.js';
import { tablesInBody } from '../access/tables-in-body.js';
import { lacksPrivilege, methodNotAllowed } from '../api-errors.js';
import { errorAnswer, jsonAnswer, NO_CONTENT } from '../odata-answer.js';
import { type JsonObject, readJsonBody } from './read-json-body.js';
import { entityOf } from './read-rows.js';
import { refuseVersion } from './refuse-version.js';
import type { TableRequest } from './table-request.js';

/** Which user a request writes for, and into which solution. */
export function howOf({ operation, work }: Pick<TableRequest, 'operation' | 'work'>): WriteHow {
  return { userId: work.user.userId, solution: operation.header('mscrm.solutionuniquename') ?? null };
}

/** POST to a set or to the collection of a row: a new row, with the rows of its collections where that is allowed. */
export function createRow(request: TableRequest, tables: Tables): Answer {
  const { place, operation } = request;
  if (place.kind !== 'rows') return methodNotAllowed(operation.method);
  const read = readJsonBody(operation);
  if (read.kind === 'refused') return read.answer;
  const denied = deniedWithin(request, place.table, read.body);
  if (denied !== null) return denied;
  const bound = place.origin === null ? {} : bindTo(place.origin, request);
  if (bound === null) return methodNotAllowed(operation.method);
  return created(
    request,
    place.table,
    tables.create(place.table.logicalName, { ...read.body, ...bound }, howOf(request)),
  );
}

/** The privilege that is lacking to create the rows that come with a new one. */
function deniedWithin({ ground, work }: TableRequest, table: TableDefinition, body: JsonObject): Answer | null {
  const { source } = ground.vocabulary;
  const needed = tablesInBody(body, table, ground.vocabulary).map((below) => privilegeFor('Create', below));
  const missing = missingPrivilege(needed, work.user.privileges, source);
  return missing === null ? null : lacksPrivilege(missing, work.user, source);
}

/** Connects a new row with the collection it is created in; null where that is no one-to-many relationship. */
function bindTo({ table, row, navigation: name }: Origin, { ground }: TableRequest): JsonObject | null {
  const navigation = ground.vocabulary.navigation(table, name);
  if (navigation.kind !== 'collection') return null;
  return { [`${navigation.lookup.navigation}@odata.bind`]: `/${table.setName}(${idOf(table, row)})` };
}

/** PATCH of a row. Without If-Match it is an upsert: a row that does not exist is created. */
export function updateRow(request: TableRequest, tables: Tables): Answer {
  const { place, operation } = request;
  if (place.kind !== 'row') return methodNotAllowed(operation.method);
  const refusal = refuseVersion(place, operation);
  if (refusal !== null) return refusal;
  const read = readJsonBody(operation);
  if (read.kind === 'refused') return read.answer;
  const { table, row, key } = place;
  if (row !== null)
    return updated(
      request,
      { table, row },
      tables.update([table.logicalName, idOf(table, row)], read.body, howOf(request)),
    );
  if (key === null) return noRow(table, key);
  const denied = deniedWithin(request, table, read.body);
  if (denied !== null) return denied;
  // The address takes precedence over the body.
  const body = { ...read.body, ...keyCells(key, { table, tables }) };
  return created(request, table, tables.create(table.logicalName, body, howOf(request)));
}

/** PUT of a single property, and DELETE of it, which sets it to null. */
export function writeProperty(request: TableRequest, tables: Tables): Answer {
  const { place, operation } = request;
  if (place.kind !== 'property' || place.property.kind !== 'column') return methodNotAllowed(operation.method);
  const read =
    operation.method === 'DELETE' ? ({ kind: 'read', body: { value: null } } as const) : readJsonBody(operation);
  if (read.kind === 'refused') return read.answer;
  const { table, row, property } = place;
  const refusal = refuseVersion(place, operation);
  if (refusal !== null) return refusal;
  const body: JsonObject = { [property.name]: read.body.value };
  const result = tables.update([table.logicalName, idOf(table, row)], body, howOf(request));
  return result.kind === 'done' ? NO_CONTENT : refusedAnswer(result);
}

/** DELETE of a row. */
export function deleteRow(request: TableRequest, tables: Tables): Answer {
  const { place, operation } = request;
  if (place.kind !== 'row') return methodNotAllowed(operation.method);
  const { table, row, key } = place;
  if (row === null) return noRow(table, key);
  const refusal = refuseVersion(place, operation);
  if (refusal !== null) return refusal;
  const result = tables.delete([table.logicalName, idOf(table, row)], howOf(request));
  return result.kind === 'done' ? NO_CONTENT : refusedAnswer(result);
}

export function refusedAnswer({ status, code, message }: Extract<WriteResult, { kind: 'refused' }>): Answer {
  return errorAnswer(status, code, message);
}

function created(request: TableRequest, table: TableDefinition, result: WriteResult): Answer {
  if (result.kind === 'refused') return refusedAnswer(result);
  return written(request, { table, id: result.id, status: 201 });
}

function updated(
  request: TableRequest,
  { table, row }: { table: TableDefinition; row: Row },
  result: WriteResult,
): Answer {
  if (result.kind === 'refused') return refusedAnswer(result);
  return written(request, { table, id: idOf(table, row), status: 200 });
}

/** 204 with the row's address; or the row itself, if the client prefers that. */
function written(
  request: TableRequest,
  { table, id, status }: { table: TableDefinition; id: string; status: number },
): Answer {
  const entityId = `${request.serviceRoot}/${table.setName}(${id})`;
  const row = request.ground.vocabulary.source.find(table.logicalName, id);
  if (!request.preferences.representation || row === null)
    return { ...NO_CONTENT, headers: { 'odata-entityid': entityId } };
  const answer = jsonAnswer(entityOf(request, table, row));
  const headers = { 'odata-entityid': entityId, 'preference-applied': request.preferences.applied ?? '' };
  return { ...answer, status, headers: { ...answer.headers, ...headers } };
}

/** What the address of an upsert says about the new row. */
function keyCells(key: RowKey, { table, tables }: { table: TableDefinition; tables: Tables }): JsonObject {
  if (key.kind === 'id') return { [table.primaryKey]: key.id };
  const members = [...key.cells].map(([column, cell]) => {
    const lookup = table.lookups.find((candidate) => candidate.column === column);
    const set = lookup === undefined ? null : tables.definition(lookup.target)?.setName;
    return lookup === undefined ? [column, cell] : [`${lookup.navigation}@odata.bind`, `/${set}(${cell})`];
  });
  return Object.fromEntries(members);
}

function idOf(table: TableDefinition, row: Row): string {
  return String(row[table.primaryKey]);
}
