import { ARCHIVE_TABLES } from '../../archive.js';
import type { Session } from '../session.js';

/** Whether nothing was ever stored. */
export function isEmpty(session: Session): boolean {
  return ARCHIVE_TABLES.every((table) => session.row(`SELECT 1 FROM ${table} LIMIT 1`) === null);
}
