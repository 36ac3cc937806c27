import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Literal, typescriptLiteral } from './typescript-literal.js';

const names = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,8}$/).filter((name) => !(name in Object.prototype));
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom("'", '"', '`', '\\', '\n', '\r', '\u2028', '$', '{', '*', '/', '\ud800', 'x') }),
);
const literals = fc.letrec<{ value: Literal }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    texts,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

function evaluated(literal: string): unknown {
  return new Function(`'use strict'; return (${literal});`)();
}

describe('a TypeScript literal', () => {
  it('is the value it was made from, and shows every character it holds', () => {
    fc.assert(
      fc.property(literals, (value) => {
        const literal = typescriptLiteral(value, { indent: 2, taken: 10 });
        expect(evaluated(literal)).toEqual(value);
        expect(literal.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[value: Literal, literal: string]>([
    ["it's", `"it's"`],
    [`"it's"`, `'"it\\'s"'`],
    ['both \' and "', `'both \\' and "'`],
    ['a\nb\tc', "'a\\nb\\u0009c'"],
    [-1.5, '-1.5'],
    [1e21, '1e21'],
    [{}, '{}'],
    [[], '[]'],
    [{ a: 1, b: ['x'] }, "{ a: 1, b: ['x'] }"],
  ])('of %j is %s', (value, literal) => {
    expect(typescriptLiteral(value, { indent: 0, taken: 0 })).toBe(literal);
  });
});
