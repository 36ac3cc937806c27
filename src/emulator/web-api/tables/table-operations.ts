import { findRow } from '../../odata/find-row.js';
import type { Place } from '../../odata/follow-path.js';
import type { PathStep } from '../../odata/resource-path.js';
import { Vocabulary } from '../../odata/vocabulary.js';
import type { Answer } from '../../server/answer.js';
import type { TableDefinition } from '../../tables/table-definition.js';
import type { Tables } from '../../tables/tables.js';
import type { UnconfirmedPoints } from '../../unconfirmed-points.js';
import type { Caller } from '../access/caller.js';
import { type Deed, missingPrivilege, privilegeFor } from '../access/missing-privilege.js';
import { tablesInQuery } from '../access/tables-in-query.js';
import { reaches, seesEverything, VisibleRows } from '../access/visible-rows.js';
import { lacksPrivilege, methodNotAllowed } from '../api-errors.js';
import type { ApiOperation, ApiWork } from '../api-operation.js';
import { errorAnswer } from '../odata-answer.js';
import { countRows, readReferences, readRows } from './read-rows.js';
import { readTableRequest, type TableRequest } from './table-request.js';
import { writeReference } from './write-references.js';
import { createRow, deleteRow, howOf, updateRow, writeProperty } from './write-rows.js';

/** Everything that an address beginning with a set can ask for, except bound functions and actions. */
export class TableOperations {
  constructor(
    private readonly tables: Tables,
    private readonly vocabulary: Vocabulary,
    private readonly points: UnconfirmedPoints,
  ) {}

  /** Throws an `ODataError` where the address or the query make no sense. */
  execute(steps: readonly PathStep[], operation: ApiOperation, work: ApiWork): Answer {
    const last = steps.at(-1)?.name ?? '';
    const suffix = last.startsWith('$') ? last : null;
    const request = readTableRequest(suffix === null ? steps : steps.slice(0, -1), {
      operation,
      work,
      vocabulary: this.#visibleTo(work.user),
      points: this.points,
    });
    if (operation.method !== 'GET' && this.tables.definition(request.place.table.logicalName) === null) {
      return errorAnswer(501, '0x80040203', 'The emulator does not change the definitions of tables.');
    }
    return this.#denied(request, suffix) ?? this.#answer(request, suffix);
  }

  #answer(request: TableRequest, suffix: string | null): Answer {
    const { method } = request.operation;
    if (suffix === '$ref') return method === 'GET' ? readReferences(request) : writeReference(request, this.tables);
    if (suffix !== null) return suffix === '$count' && method === 'GET' ? countRows(request) : methodNotAllowed(method);
    const ofProperty = request.place.kind === 'property';
    switch (method) {
      case 'GET':
        return readRows(request);
      case 'POST':
        return createRow(request, this.tables);
      case 'PATCH':
        return updateRow(request, this.tables);
      case 'PUT':
        return writeProperty(request, this.tables);
      case 'DELETE':
        return ofProperty ? writeProperty(request, this.tables) : deleteRow(request, this.tables);
      default:
        return methodNotAllowed(method);
    }
  }

  #denied(request: TableRequest, suffix: string | null): Answer | null {
    const { place, query, work, operation } = request;
    const origin = 'origin' in place ? place.origin : null;
    const deed = deedOf(operation.method, place, suffix);
    const read = [...tablesInQuery(query, place.table, this.vocabulary), ...(origin === null ? [] : [origin.table])];
    const written = suffix === '$ref' && origin !== null ? origin.table : place.table;
    const needed = [
      privilegeFor(deed, written),
      ...read.map((table: TableDefinition) => privilegeFor('Read', table)),
      ...(deed !== 'Read' && howOf(request).solution !== null ? ['prvWriteSolution'] : []),
    ];
    const missing = missingPrivilege(needed, work.user.privileges, this.tables) ?? this.#outOfReach(place, deed, work);
    return missing === null ? null : lacksPrivilege(missing, work.user, this.tables);
  }

  /** The privilege that does not reach as far as the row; null where it does, or where there is no row. */
  #outOfReach(place: Place, deed: Deed, { user }: ApiWork): string | null {
    if (place.kind === 'rows') return null;
    const { table, row } = place;
    if (row !== null) return reaches(deed, row, table, user) ? null : privilegeFor(deed, table);
    if (place.kind !== 'row' || place.key === null || place.origin !== null) return null;
    return findRow(place.key, table, this.vocabulary.source) === null ? null : privilegeFor('Read', table);
  }

  #visibleTo(user: Caller): Vocabulary {
    return seesEverything(user) ? this.vocabulary : new Vocabulary(new VisibleRows(this.vocabulary.source, user));
  }
}

function deedOf(method: string, place: Place, suffix: string | null): Deed {
  if (method === 'GET') return 'Read';
  if (suffix === '$ref' || place.kind === 'property') return 'Write';
  if (method === 'POST') return 'Create';
  if (method === 'DELETE') return 'Delete';
  return place.kind === 'row' && place.row === null ? 'Create' : 'Write';
}
