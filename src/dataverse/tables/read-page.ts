import { isRow, type TableRow } from './table-row.js';

/** One page of rows, and the address of the next as Dataverse gave it, or null after the last. */
export interface Page {
  readonly rows: readonly TableRow[];
  readonly next: string | null;
}

export function readPage(answer: TableRow): Page {
  const { value, '@odata.nextLink': next } = answer;
  return { rows: Array.isArray(value) ? value.filter(isRow) : [], next: typeof next === 'string' ? next : null };
}

/**
 * Where a link leads, below the root of the Web API. Its host is ignored: the token goes to the environment of the
 * settings and nowhere else, even if an answer names another host.
 */
export function pathOfLink(link: string): string {
  const { pathname, search } = new URL(link, 'https://localhost');
  return pathname.replace(/^\/api\/data\/v[\d.]+\//, '') + search;
}
