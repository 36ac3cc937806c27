import { followPath, type Ground, type Origin, type Place } from '../../odata/follow-path.js';
import { readPath } from '../../odata/resource-path.js';
import type { Answer } from '../../server/answer.js';
import type { RowReference } from '../../tables/row-reference.js';
import type { Row, TableDefinition } from '../../tables/table-definition.js';
import type { Tables } from '../../tables/tables.js';
import type { WriteResult } from '../../tables/write-result.js';
import { missingToGive } from '../access/missing-to-give.js';
import { lacksPrivilege, methodNotAllowed } from '../api-errors.js';
import { readAddress } from '../api-operation.js';
import { errorAnswer, NO_CONTENT } from '../odata-answer.js';
import { readJsonBody } from './read-json-body.js';
import { refuseVersion } from './refuse-version.js';
import type { TableRequest } from './table-request.js';
import { howOf, refusedAnswer } from './write-rows.js';

/** A row of a table. */
interface Met {
  readonly table: TableDefinition;
  readonly row: Row;
}

/** POST and PUT of `$ref` connect two rows, DELETE disconnects them. */
export function writeReference(request: TableRequest, tables: Tables): Answer {
  const { place, operation } = request;
  if (place.kind === 'property' || place.origin === null) return methodNotAllowed(operation.method);
  const refusal = refuseVersion(place.origin, operation) ?? refuseFixed(request, place.origin);
  if (refusal !== null) return refusal;
  const other = otherEnd(request, place);
  if (other !== null && 'status' in other) return other;
  const denied = other === null ? null : deniedToGive(request, [place.origin, other]);
  if (denied !== null) return denied;
  const result = operation.method === 'DELETE' ? disconnect(request, other, tables) : connect(request, other, tables);
  return result === null ? methodNotAllowed(operation.method) : answerOf(result);
}

/**
 * Such a request consists of nothing but the lookup, so one that only the platform sets is refused, not ignored as in a
 * body.
 */
function refuseFixed({ ground }: TableRequest, { table, navigation: name }: Origin): Answer | null {
  const navigation = ground.vocabulary.navigation(table, name);
  if (navigation.kind === 'association' || navigation.lookup.onCreate !== false) return null;
  return errorAnswer(400, '0x80060888', `The relationship '${name}' of '${table.logicalName}' is set by the platform.`);
}

/** Assigning a role, or a privilege to a role, takes more than the right to write one end. */
function deniedToGive({ ground, work, operation }: TableRequest, ends: readonly Met[]): Answer | null {
  const { source } = ground.vocabulary;
  const end = (name: string) => ends.find(({ table }) => table.logicalName === name)?.row ?? null;
  const [role, user, privilege] = [end('role'), end('systemuser'), end('privilege')];
  if (role === null || (user ?? privilege) === null) return null;
  const gift = { role, user, privilege, wanted: operation.method !== 'DELETE' };
  const missing = missingToGive(gift, work.user.privileges, source);
  return missing === null ? null : lacksPrivilege(missing, work.user, source);
}

function answerOf(result: WriteResult): Answer {
  return result.kind === 'done' ? NO_CONTENT : refusedAnswer(result);
}

/** The row that the path, `$id` or the body names; null where a lookup is to be emptied. */
function otherEnd(
  { operation, ground }: TableRequest,
  place: Exclude<Place, { kind: 'property' }>,
): Met | Answer | null {
  if (place.kind === 'row' && place.key !== null)
    return place.row === null ? unresolved(operation.uri) : { table: place.table, row: place.row };
  const id = operation.query.get('$id');
  if (operation.method === 'DELETE') return id === null ? null : meet(id, ground);
  const read = readJsonBody(operation);
  if (read.kind === 'refused') return read.answer;
  return meet(String(read.body['@odata.id'] ?? ''), ground);
}

/** Follows an address, whole or beginning at the service root. */
function meet(address: string, ground: Ground): Met | Answer {
  const path = readAddress(address)?.segment ?? address.replace(/^\//, '');
  const place = followPath(readPath(path), ground);
  return place.kind === 'row' && place.row !== null ? { table: place.table, row: place.row } : unresolved(address);
}

function connect(request: TableRequest, other: Met | null, tables: Tables): WriteResult | null {
  const { place, ground } = request;
  if (place.kind === 'property' || place.origin === null || other === null) return null;
  const { origin } = place;
  const navigation = ground.vocabulary.navigation(origin.table, origin.navigation);
  const how = howOf(request);
  switch (navigation.kind) {
    case 'association':
      return tables.associate({ navigation: origin.navigation, ends: [referenceTo(origin), referenceTo(other)] }, how);
    case 'single':
      return tables.update(referenceTo(origin), bind(navigation.lookup.navigation, other), how);
    case 'collection':
      return tables.update(referenceTo(other), bind(navigation.lookup.navigation, origin), how);
  }
}

function disconnect(request: TableRequest, other: Met | null, tables: Tables): WriteResult | null {
  const { place, ground } = request;
  if (place.kind === 'property' || place.origin === null) return null;
  const { origin } = place;
  const navigation = ground.vocabulary.navigation(origin.table, origin.navigation);
  const how = howOf(request);
  if (navigation.kind === 'single') {
    return tables.update(referenceTo(origin), bind(navigation.lookup.navigation, null), how);
  }
  if (other === null) return null;
  if (navigation.kind === 'collection') {
    return tables.update(referenceTo(other), bind(navigation.lookup.navigation, null), how);
  }
  return tables.disassociate({ navigation: origin.navigation, ends: [referenceTo(origin), referenceTo(other)] }, how);
}

function referenceTo(met: Met): RowReference {
  return [met.table.logicalName, idOf(met)];
}

function bind(navigation: string, to: Met | null): Readonly<Record<string, unknown>> {
  return { [`${navigation}@odata.bind`]: to === null ? null : `/${to.table.setName}(${idOf(to)})` };
}

function idOf({ table, row }: Met): string {
  return String(row[table.primaryKey]);
}

function unresolved(address: string): Answer {
  return errorAnswer(404, '0x80040217', `The record that '${address}' refers to Does Not Exist`);
}
