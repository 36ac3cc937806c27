import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Row, TableDefinition } from '../tables/table-definition.js';
import { bindFilter } from './bind-filter.js';
import { bindQuery } from './bind-query.js';
import { ODataError } from './odata.error.js';
import { readFilter } from './read-filter.js';
import { readQuery } from './read-query.js';
import { Relations } from './relations.js';
import type { TableSource } from './table-source.js';
import { Vocabulary } from './vocabulary.js';

const TABLE: TableDefinition = {
  logicalName: 'thing',
  schemaName: 'Thing',
  setName: 'things',
  primaryKey: 'thingid',
  primaryName: 'name',
  columns: [
    { name: 'name', type: 'string' },
    ...(['a', 'b', 'c'] as const).map((name) => ({ name, type: 'boolean' }) as const),
  ],
  lookups: [{ column: 'parent', navigation: 'Parent', target: 'thing', collection: 'Children', onDelete: 'cascade' }],
};

const SOURCE: TableSource = {
  definitions: [TABLE],
  associations: [],
  definition: (name) => (['thing', 'things'].includes(name) ? TABLE : null),
  rows: () => [],
  find: () => null,
};

const BINDING = {
  vocabulary: new Vocabulary(SOURCE),
  relations: new Relations(SOURCE),
  table: TABLE,
  variables: new Map(),
};

type Expression =
  | { readonly kind: 'column'; readonly name: 'a' | 'b' | 'c' }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression };

const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5 },
    fc.record({
      kind: fc.constant('column' as const),
      name: fc.constantFrom('a' as const, 'b' as const, 'c' as const),
    }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('expression') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      left: tie('expression'),
      right: tie('expression'),
    }),
  ),
}));

const STRENGTH = { or: 0, and: 1, not: 2, column: 3 };

/** The text with parentheses only where precedence asks for them. */
function printed(given: Expression): string {
  const within = (inner: Expression) =>
    STRENGTH[inner.kind] < STRENGTH[given.kind] ? `(${printed(inner)})` : printed(inner);
  if (given.kind === 'column') return given.name === 'a' ? 'a' : `${given.name} eq true`;
  if (given.kind === 'not') return `not ${within(given.operand)}`;
  return `${within(given.left)} ${given.kind} ${within(given.right)}`;
}

function isTrue(given: Expression, row: Row): boolean {
  if (given.kind === 'column') return row[given.name] === true;
  if (given.kind === 'not') return !isTrue(given.operand, row);
  const left = isTrue(given.left, row);
  return given.kind === 'and' ? left && isTrue(given.right, row) : left || isTrue(given.right, row);
}

const ROWS = Array.from({ length: 8 }, (_, bits) => ({ a: (bits & 1) > 0, b: (bits & 2) > 0, c: (bits & 4) > 0 }));

describe('a filter of any shape', () => {
  it('holds of the rows it says, by the precedence of not, and, or', () => {
    fc.assert(
      fc.property(expression, (given) => {
        const test = bindFilter(readFilter(printed(given), new Map()), BINDING);
        expect(ROWS.map(test)).toEqual(ROWS.map((row) => isTrue(given, row)));
      }),
      { numRuns: 200 },
    );
  });

  it('finds any text, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const test = bindFilter(readFilter(`name eq '${name.replaceAll("'", "''")}'`, new Map()), BINDING);
        expect(test({ name })).toBe(true);
        expect(test({ name: `${name}x` })).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

const WORDS = [
  'a',
  'b',
  'name',
  'Parent',
  'Children',
  '/',
  'any',
  'all',
  '(',
  ')',
  '(',
  ')',
  ' ',
  ' ',
  's:',
  's/',
  'eq',
  'ne',
  'and',
  'or',
  'not',
  "'",
  "''",
  'null',
  'true',
  '1',
  '-',
  '$',
  '@p',
  ',',
  ';',
  '=',
  '$filter=',
  '$expand=',
  '$select=',
  'contains',
  '\n',
  '%',
  'ü',
  '__proto__',
  'constructor',
];

describe('a query of any words', () => {
  it.each(['$filter', '$expand', '$select', '$orderby', '$top', '$count', '$skiptoken'])(
    'in %s is understood or refused',
    (option) => {
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }), (words) => {
          try {
            bindQuery(readQuery([[option, words.join('')]]), TABLE, {
              ...BINDING,
              wants: () => false,
              nestedPage: 5000,
              serviceRoot: '',
            });
          } catch (error) {
            expect(error).toBeInstanceOf(ODataError);
          }
        }),
        { numRuns: 500 },
      );
    },
  );
});
