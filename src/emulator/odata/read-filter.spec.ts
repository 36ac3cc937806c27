import { describe, expect, it } from '@jest/globals';
import type { Filter, Operand } from './query.js';
import { readFilter } from './read-filter.js';

const NONE = new Map<string, string>();

/** The tree in one line, with every pair in parentheses. */
function told(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${told(filter.left)} ${filter.kind} ${told(filter.right)})`;
    case 'not':
      return `not ${told(filter.operand)}`;
    case 'compare':
      return `${operand(filter.left)} ${filter.operator} ${operand(filter.right)}`;
    case 'text':
      return `${filter.test}(${operand(filter.text)},${operand(filter.part)})`;
    case 'holds':
      return operand(filter.operand);
    default: {
      const { kind, path, predicate } = filter;
      return `${path.join('/')}/${kind}(${predicate === null ? '' : `${predicate.variable}:${told(predicate.filter)}`})`;
    }
  }
}

function operand(given: Operand): string {
  return given.kind === 'path' ? given.path.join('/') : `<${given.literal.type} ${given.literal.value}>`;
}

describe('a filter', () => {
  it.each([
    ['a eq 1 and b eq 2 or c eq 3', '((a eq <number 1> and b eq <number 2>) or c eq <number 3>)'],
    ['a or b and c', '(a or (b and c))'],
    ['a or b and c or d', '((a or (b and c)) or d)'],
    ['not (a eq 1) and b', '(not a eq <number 1> and b)'],
    ["not(a) or b and not contains(c,'x') and d", '(not a or ((b and not contains(c,<string x>)) and d))'],
    ['a and not b or c', '((a and not b) or c)'],
    ['not not a', 'not not a'],
    ['(a or b) and c', '((a or b) and c)'],
    ['((a))and(b)', '(a and b)'],
    ["a  eq\n\t'b  c'\r\nand ( d  ne null )", '(a eq <string b  c> and d ne <null null>)'],
    ["a eq 'O''Neil (1) & \"sons\" #% + \\ ü, ;:'", 'a eq <string O\'Neil (1) & "sons" #% + \\ ü, ;:>'],
    ["a eq ''", 'a eq <string >'],
    ['a eq AAAAAAAA-0000-4000-8000-000000000001', 'a eq <guid aaaaaaaa-0000-4000-8000-000000000001>'],
    ['a gt -1.50 and a le 2', '(a gt <number -1.5> and a le <number 2>)'],
    [
      'a ge 2026-11-22T10:00:00.5+01:00 or a lt 2026-11-22',
      '(a ge <instant 2026-11-22T10:00:00.5+01:00> or a lt <instant 2026-11-22>)',
    ],
    ['true eq a', '<boolean true> eq a'],
    ['A/B/c eq d', 'A/B/c eq d'],
    ["startswith(a,'x') and endswith(B/c,'y')", '(startswith(a,<string x>) and endswith(B/c,<string y>))'],
    ['a/any()', 'a/any()'],
    ['A/b/any( s : s/c eq 1 and s/D/e ) and f', '(A/b/any(s:(s/c eq <number 1> and s/D/e)) and f)'],
    ['a/all(s:not s/b or s/c)', 'a/all(s:(not s/b or s/c))'],
  ])('reads %j', (text, expected) => {
    expect(told(readFilter(text, NONE))).toBe(expected);
  });

  it('takes parameter aliases from the query, and null for those it does not find', () => {
    const aliases = new Map([
      ['@n', " 'it''s' "],
      ['@id', 'AAAAAAAA-0000-4000-8000-000000000001'],
    ]);
    const filter = readFilter('contains(a,@n) and b eq @id and c eq @none', aliases);
    expect(told(filter)).toBe(
      "((contains(a,<string it's>) and b eq <guid aaaaaaaa-0000-4000-8000-000000000001>) and c eq <null null>)",
    );
  });

  it.each([
    ["a eq 'x", "There is an unterminated string literal in 'a eq 'x'."],
    ['a eq', "Syntax error in 'a eq'."],
    ['a foo b', "Syntax error in 'a foo b'."],
    ['(a eq 1', "Syntax error in '(a eq 1'."],
    ['length(a) eq 1', "'length(a)' is not supported in a filter expression."],
    ['toupper(a)', "An unknown function with name 'toupper' was found."],
    ['a add 1 eq 2', "'a add 1' is not supported in a filter expression."],
    ['contains(a)', "Syntax error in 'contains(a)'."],
  ])('refuses %j', (text, message) => {
    expect(() => readFilter(text, NONE)).toThrow(message);
  });
});
