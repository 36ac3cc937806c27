import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import { textOf } from '../../tables/table-row.js';

/** So many names to a request: an address has room for 32 KiB. */
const NAMES_AT_ONCE = 50;

/** Which of these names, of which no custom API was found, a message has all the same. */
export async function readForeignMessages(tables: TableClient, names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (let from = 0; from < names.length; from += NAMES_AT_ONCE) {
    const filter = names
      .slice(from, from + NAMES_AT_ONCE)
      .map((name) => `name eq ${literal(name)}`)
      .join(' or ');
    const rows = await tables.list('sdkmessages', { select: ['name'], filter });
    found.push(...rows.flatMap((row) => textOf(row, 'name') ?? []));
  }
  return found;
}
