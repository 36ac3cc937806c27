import type { TableDefinition } from '../tables/table-definition.js';
import { type RowKey, readKey } from './find-row.js';
import { ODataError } from './odata.error.js';
import { readPath } from './resource-path.js';

const ROOT = /^(?:https?:\/\/[^/]+)?(?:\/api\/data\/v9\.[0-2])?\/?/;

/**
 * Which row an `@odata.bind` address names: with or without slash in front, absolute, by id or by alternate key. Null
 * where it names no row of this table.
 */
export function readRowAddress(address: string, table: TableDefinition): RowKey | null {
  try {
    const [step, ...others] = readPath(address.replace(ROOT, ''));
    if (step === undefined || step.name !== table.setName || step.inside === null || others.length > 0) return null;
    return readKey(step.inside, table, new Map());
  } catch (error) {
    if (error instanceof ODataError) return null;
    throw error;
  }
}
