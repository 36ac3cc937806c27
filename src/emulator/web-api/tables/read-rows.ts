import { bindQuery, type ShapedRow } from '../../odata/bind-query.js';
import { contextOf } from '../../odata/context-url.js';
import { noRow, type Place } from '../../odata/follow-path.js';
import { unknownSegment } from '../../odata/odata.error.js';
import { skipToken } from '../../odata/read-query.js';
import { shapeProperty } from '../../odata/shape-property.js';
import type { Answer } from '../../server/answer.js';
import type { Row, TableDefinition } from '../../tables/table-definition.js';
import { jsonAnswer, NO_CONTENT } from '../odata-answer.js';
import type { TableRequest } from './table-request.js';

/** Answers a GET of a set, a row, the target of a navigation property, or a single property. */
export function readRows(request: TableRequest): Answer {
  const { place } = request;
  switch (place.kind) {
    case 'rows':
      return listRows(request, place);
    case 'row':
      if (place.row !== null) return oneRow(request, place.table, place.row);
      return place.key === null ? NO_CONTENT : noRow(place.table, place.key);
    case 'property':
      return oneProperty(request, place);
  }
}

/** `$count`: how many rows, as plain text. */
export function countRows(request: TableRequest): Answer {
  const { place } = request;
  if (place.kind !== 'rows') return unknownSegment('$count');
  const count = bound(request, place.table).pick(place.rows).length;
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(count), errorCode: null };
}

/** `$ref`: the addresses of rows in place of the rows. */
export function readReferences(request: TableRequest): Answer {
  const { place, serviceRoot } = request;
  const address = (table: TableDefinition, row: Row) => ({
    '@odata.id': `${serviceRoot}/${table.setName}(${row[table.primaryKey]})`,
  });
  const context = { '@odata.context': `${serviceRoot}/$metadata#Collection($ref)` };
  if (place.kind === 'rows') {
    const rows = bound(request, place.table).pick(place.rows);
    return jsonAnswer({ ...context, value: rows.map((row) => address(place.table, row)) });
  }
  if (place.kind === 'property') return unknownSegment('$ref');
  if (place.row === null) return NO_CONTENT;
  return jsonAnswer({ '@odata.context': `${serviceRoot}/$metadata#$ref`, ...address(place.table, place.row) });
}

/** A row as the request wants to see it, with its context. */
export function entityOf(request: TableRequest, table: TableDefinition, row: Row): ShapedRow {
  const context = `${contextOf(request.serviceRoot, table.setName, request.query)}/$entity`;
  return { '@odata.context': context, ...bound(request, table).shape(row) };
}

function oneRow(request: TableRequest, table: TableDefinition, row: Row): Answer {
  const known = request.operation.header('if-none-match');
  const entity = entityOf(request, table, row);
  if (known !== undefined && known === entity['@odata.etag']) return { ...NO_CONTENT, status: 304 };
  return preferring(request, jsonAnswer(entity));
}

/** Where `Prefer` asks for pages, `$top` is ignored, as documented. */
function listRows(request: TableRequest, { table, rows }: Extract<Place, { kind: 'rows' }>): Answer {
  const { query, preferences, serviceRoot } = request;
  const { pick, shape } = bound(request, table);
  const picked = pick(rows);
  const { paged } = preferences;
  const end =
    query.skip +
    Math.min(preferences.pageSize, paged ? Number.POSITIVE_INFINITY : (query.top ?? Number.POSITIVE_INFINITY));
  const isLast = end >= picked.length || (!paged && query.top !== null);
  return preferring(
    request,
    jsonAnswer({
      '@odata.context': contextOf(serviceRoot, table.setName, query),
      ...(query.count ? { '@odata.count': picked.length } : {}),
      value: picked.slice(query.skip, end).map(shape),
      ...(isLast ? {} : { '@odata.nextLink': nextLink(request, end) }),
    }),
  );
}

function nextLink({ operation, serviceRoot, query, preferences }: TableRequest, skipped: number): string {
  const page = Math.floor(query.skip / preferences.pageSize) + 2;
  const options = [...operation.query].filter(([name]) => name !== '$skiptoken');
  const all = [...options, ['$skiptoken', skipToken(page, skipped)] as const];
  const text = all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${serviceRoot}/${encodeURI(operation.segment)}?${text}`;
}

function oneProperty(request: TableRequest, { table, row, property }: Extract<Place, { kind: 'property' }>): Answer {
  const { source } = request.ground.vocabulary;
  const [[, value] = ['', null]] = shapeProperty(property, row, { source, wants: () => false });
  if (value === null) return NO_CONTENT;
  const of = `${table.setName}(${row[table.primaryKey]})/${property.name}`;
  return jsonAnswer({ '@odata.context': `${request.serviceRoot}/$metadata#${of}`, value });
}

/** A single row brings all rows behind it; whether the rows of a set do is not settled. */
function bound({ place, query, ground, preferences, points, serviceRoot }: TableRequest, table: TableDefinition) {
  const linked = place.kind === 'rows' && points.expandedCollections === 'linked';
  const nestedPage = linked ? 0 : preferences.pageSize;
  return bindQuery(query, table, { ...ground, wants: preferences.wants, nestedPage, serviceRoot });
}

function preferring({ preferences: { applied } }: TableRequest, answer: Answer): Answer {
  return applied === null ? answer : { ...answer, headers: { ...answer.headers, 'preference-applied': applied } };
}
