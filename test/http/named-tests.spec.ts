import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A link to a file of tests, with a part of a test's name behind it where one is meant. */
const NAMED = /\]\(([^)]+\.spec\.ts)\)(?:: "([^"]+)")?/g;

describe('a document that says by which tests it is kept', () => {
  it.each([
    ['SECURITY.md', 20],
    ['docs/limits.md', 20],
  ])('names tests that exist: %s', (document, least) => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    const named = [...text.matchAll(NAMED)].map(([, path = '', name = '']) => ({
      path: join(ROOT, dirname(document), path),
      name,
    }));
    expect(named.length).toBeGreaterThanOrEqual(least);
    const missing = named.filter(({ path, name }) => !existsSync(path) || !readFileSync(path, 'utf8').includes(name));
    expect(missing).toEqual([]);
  });

  it('names a test for each of the ten risks', () => {
    const rows = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8').split('\n');
    const risks = rows.filter((row) => /^\| API\d+ /.test(row) && /\.spec\.ts\)/.test(row));
    expect(risks.map((row) => /API\d+/.exec(row)?.[0])).toEqual(Array.from({ length: 10 }, (_, n) => `API${n + 1}`));
  });
});
