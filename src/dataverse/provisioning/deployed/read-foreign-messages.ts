import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import { textOf } from '../../tables/table-row.js';
import { inPortions } from './in-portions.js';

/** Which of these names without a custom API belong to a message all the same. */
export async function readForeignMessages(tables: TableClient, names: readonly string[]): Promise<readonly string[]> {
  const rows = await inPortions(names, (some) => {
    const filter = some.map((name) => `name eq ${literal(name)}`).join(' or ');
    return tables.list('sdkmessages', { select: ['name'], filter });
  });
  return rows.flatMap((row) => textOf(row, 'name') ?? []);
}
