import { readFileSync } from 'node:fs';

const DOCUMENT = new URL('../../../docs/problems.md', import.meta.url);

/** The types of problems that callers are told of, with the status of each: as docs/problems.md lists them. */
export const PROBLEM_LIST: ReadonlyMap<string, number> = new Map(
  [...readFileSync(DOCUMENT, 'utf8').matchAll(/^## (\S+)\n\n\*\*(\d{3})\./gm)].map(([, slug = '', status]) => [
    slug,
    Number(status),
  ]),
);
