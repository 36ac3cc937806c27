import type { Answer } from '../../server/answer.js';
import type { Row } from '../../tables/table-definition.js';
import { duplicateId } from '../../tables/writes/refusals.js';
import type { ApiOperation } from '../api-operation.js';
import { errorAnswer } from '../odata-answer.js';

/** Why `If-Match` or `If-None-Match` forbids a write; null where they allow it. */
export function refuseVersion({ row }: { readonly row: Row | null }, { header }: ApiOperation): Answer | null {
  const match = header('if-match');
  if (header('if-none-match') === '*' && row !== null) {
    const { status, code, message } = duplicateId();
    return errorAnswer(status, code, message);
  }
  if (match === undefined) return null;
  if (row === null) return errorAnswer(404, '0x80040217', 'The record to be updated Does Not Exist');
  if (match === '*' || match === `W/"${row.versionnumber}"`) return null;
  return errorAnswer(
    412,
    '0x80060882',
    "The version of the existing record doesn't match the RowVersion property provided.",
  );
}
