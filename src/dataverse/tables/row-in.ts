import type { HttpResponse } from '../http/http-exchange.js';
import { jsonObjectIn } from '../token/no-token-reason.js';
import { DataverseUnreachableError } from './dataverse-unreachable.error.js';
import type { TableRow } from './table-row.js';

/**
 * The object in the body of an answer. A page from a proxy in between is no answer of Dataverse, even with a status of
 * success.
 */
export function rowIn(response: HttpResponse, path: string): TableRow {
  const row = jsonObjectIn(response);
  if (row !== null) return row;
  const why = `HTTP ${response.status} without JSON: something in between answered in its place`;
  throw new DataverseUnreachableError(path.replace(/\?.*$/s, ''), why, true);
}
