import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { titlesOf } from '../support/titles-of.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A link to a file of tests, with a part of a test's name behind it where one is meant. */
const NAMED = /\]\(([^)]+\.spec\.ts)\)(?:: "([^"]+)")?/g;

describe('a document that says by which tests it is kept', () => {
  it.each([
    ['SECURITY.md', 20],
    ['docs/limits.md', 20],
  ])('names tests that exist and are run: %s', (document, least) => {
    const text = readFileSync(join(ROOT, document), 'utf8');
    const named = [...text.matchAll(NAMED)].map(([, path = '', name = '']) => ({
      path: join(ROOT, dirname(document), path),
      name,
    }));
    expect(named.length).toBeGreaterThanOrEqual(least);
    const missing = named.filter(({ path, name }) => !existsSync(path) || !isRun(readFileSync(path, 'utf8'), name));
    expect(missing).toEqual([]);
  });

  it('names a test for each of the ten risks', () => {
    const rows = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8').split('\n');
    const risks = rows.filter((row) => /^\| API\d+ /.test(row) && /\.spec\.ts\)/.test(row));
    expect(risks.map((row) => /API\d+/.exec(row)?.[0])).toEqual(Array.from({ length: 10 }, (_, n) => `API${n + 1}`));
  });
});

describe('the titles of a file of tests', () => {
  it.each([
    ['those of blocks and tests', "describe('a', () => { it('b', () => {}); });", ['a', 'b']],
    ['the rows of a table', "it.each([['b', 1]])('a %s', () => {});", ['a %s', 'b']],
    ['the rows of a table with a name', "const ROWS = [['b']]; it.each(ROWS)('a %s', () => {});", ['a %s', 'b']],
    ['no comments', "// it('a')", []],
    ['no texts within a test', "it('a', () => { expect('b').toBe('c'); });", ['a']],
    ['no test that is skipped', "it.skip('a', () => {}); it.skip.each([['b']])('c', () => {});", []],
    ['no test within a block that is skipped', "describe.skip('a', () => { it('b', () => {}); });", []],
    ['no test that is still to be written', "it.todo('a');", []],
  ])('are %s', (_what, source, titles) => {
    expect([...titlesOf(source)].sort()).toEqual(titles);
  });
});

function isRun(source: string, name: string): boolean {
  return titlesOf(source).some((title) => title.includes(name));
}
