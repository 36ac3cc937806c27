import type { Page } from './read-page.js';
import { isRow, type TableRow } from './table-row.js';

const LINK = '@odata.nextLink';

/**
 * A row with its expanded collections in full. Where Dataverse returns only part of one, it adds a link to the rest; a
 * link without a position leads to the whole collection.
 */
export async function followNested(row: TableRow, follow: (link: string) => Promise<Page>): Promise<TableRow> {
  const full: Record<string, unknown> = { ...row };
  for (const [member, link] of Object.entries(row)) {
    const navigation = member.endsWith(LINK) ? member.slice(0, -LINK.length) : '';
    if (navigation === '' || typeof link !== 'string') continue;
    full[navigation] = await rest(row[navigation], link, follow);
    delete full[member];
  }
  return full;
}

async function rest(
  first: unknown,
  link: string,
  follow: (link: string) => Promise<Page>,
): Promise<readonly TableRow[]> {
  const rows = Array.isArray(first) && isContinued(link) ? first.filter(isRow) : [];
  let next: string | null = link;
  while (next !== null) {
    const page: Page = await follow(next);
    rows.push(...page.rows);
    next = page.next;
  }
  return rows;
}

function isContinued(link: string): boolean {
  return /[?&](\$|%24)skiptoken=/i.test(link);
}
