import type { ArchiveTable } from '../archive.js';

/** Which columns tell the rows of a table apart, in the order in which they are read. */
export const KEY_COLUMNS: Readonly<Record<ArchiveTable, readonly string[]>> = {
  client: ['name'],
  api_key: ['prefix'],
  gate: ['name'],
  event: ['sequence'],
  attempt: ['event_sequence', 'number'],
  audit: ['sequence'],
};
