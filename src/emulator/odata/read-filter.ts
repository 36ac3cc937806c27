import { defaultParser } from '@odata/parser';
import { ODataError } from './odata.error.js';
import { prepareExpression } from './prepared-expression.js';
import type { Comparison, Filter, Literal, Operand, TextTest } from './query.js';
import { readLiteral } from './read-literal.js';

/** A node of the parser's tree; what `value` holds depends on `type`. */
interface Node {
  readonly type: string;
  readonly raw: string;
  readonly value: unknown;
}

/** Facts from outside of the expression that reading it needs. */
interface Surroundings {
  readonly strings: readonly string[];
  readonly aliases: ReadonlyMap<string, string>;
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  EqualsExpression: 'eq',
  NotEqualsExpression: 'ne',
  GreaterThanExpression: 'gt',
  GreaterOrEqualsExpression: 'ge',
  LesserThanExpression: 'lt',
  LesserOrEqualsExpression: 'le',
};

const TEXT_TESTS: readonly string[] = ['contains', 'startswith', 'endswith'] satisfies readonly TextTest[];

/** Reads `$filter`. `aliases` are the query's `@name=value`, by name with the sign. Throws an `ODataError`. */
export function readFilter(text: string, aliases: ReadonlyMap<string, string>): Filter {
  const prepared = prepareExpression(text);
  if (prepared === null) throw new ODataError(`There is an unterminated string literal in '${text}'.`);
  return readLogic(parse(prepared.text, text), { strings: prepared.strings, aliases });
}

function parse(text: string, asSent: string): Node {
  try {
    return defaultParser.filter(text);
  } catch {
    throw new ODataError(`Syntax error in '${asSent}'.`);
  }
}

/**
 * The parser puts everything after a `not` below it, even what stands behind the next `and`. So only the sequence of
 * operands is taken from its tree, and precedence (not, and, or) is applied here.
 */
function readLogic(node: Node, around: Surroundings): Filter {
  const [first, ...others] = sequenceOf(node, around);
  if (first === undefined) throw new ODataError(`Syntax error in '${node.raw}'.`);
  const alternatives = [first.filter];
  for (const { joinedBy, filter } of others) {
    const before = joinedBy === 'and' ? alternatives.pop() : undefined;
    alternatives.push(before === undefined ? filter : { kind: 'and', left: before, right: filter });
  }
  return alternatives.reduce((left, right) => ({ kind: 'or', left, right }));
}

interface Member {
  readonly joinedBy: 'and' | 'or';
  readonly filter: Filter;
}

function sequenceOf(node: Node, around: Surroundings): readonly Member[] {
  if (node.type === 'AndExpression' || node.type === 'OrExpression') {
    const { left, right } = node.value as { left: Node; right: Node };
    const [next, ...others] = sequenceOf(right, around);
    if (next === undefined) return sequenceOf(left, around);
    const joinedBy = node.type === 'AndExpression' ? 'and' : 'or';
    return [...sequenceOf(left, around), { ...next, joinedBy }, ...others];
  }
  if (node.type === 'NotExpression') {
    const [first, ...others] = sequenceOf(node.value as Node, around);
    if (first === undefined) return [];
    return [{ ...first, filter: { kind: 'not', operand: first.filter } }, ...others];
  }
  return [{ joinedBy: 'or', filter: readTerm(node, around) }];
}

function readTerm(node: Node, around: Surroundings): Filter {
  const operator = COMPARISONS[node.type];
  if (operator !== undefined) {
    const { left, right } = node.value as { left: Node; right: Node };
    return { kind: 'compare', operator, left: readOperand(left, around), right: readOperand(right, around) };
  }
  if (node.type === 'BoolParenExpression') return readLogic(node.value as Node, around);
  if (node.type === 'MethodCallExpression') return readTextTest(node, around);
  if (node.type === 'CommonExpression' || node.type === 'ParenExpression') return readTerm(node.value as Node, around);
  const lambda = lambdaIn(node);
  if (lambda !== null) return readLambda(node, lambda, around);
  return { kind: 'holds', operand: readOperand(node, around) };
}

function readTextTest(node: Node, around: Surroundings): Filter {
  const { method, parameters } = node.value as { method: string; parameters: readonly Node[] };
  const [text, part] = parameters;
  if (!TEXT_TESTS.includes(method) || text === undefined || part === undefined) {
    throw new ODataError(
      `An unknown function with name '${method}' was found. This may also be a function import or a key lookup on a navigation property, which is not allowed.`,
    );
  }
  return { kind: 'text', test: method as TextTest, text: readOperand(text, around), part: readOperand(part, around) };
}

function readLambda(node: Node, lambda: Node, around: Surroundings): Filter {
  const { variable, predicate } = lambda.value as { variable?: Node; predicate?: Node };
  const path = node.raw.slice(0, -lambda.raw.length - 1).split('/');
  const kind = lambda.type === 'AnyExpression' ? 'any' : 'all';
  if (variable === undefined || predicate === undefined) return { kind, path, predicate: null };
  const filter = readLogic(predicate.value as Node, around);
  return { kind, path, predicate: { variable: variable.raw, filter } };
}

/** The `any(...)` or `all(...)` in which a path ends, or null. */
function lambdaIn(node: Node): Node | null {
  if (node.type === 'AnyExpression' || node.type === 'AllExpression') return node;
  const inner = Array.isArray(node.value) ? node.value.at(-1) : node.value;
  if (typeof inner !== 'object' || inner === null) return null;
  if ('next' in inner && 'current' in inner) return lambdaIn(inner.next as Node);
  return 'type' in inner ? lambdaIn(inner as Node) : null;
}

function readOperand(node: Node, around: Surroundings): Operand {
  switch (node.type) {
    case 'CommonExpression':
    case 'ParenExpression':
      return readOperand(node.value as Node, around);
    case 'Literal':
      return { kind: 'literal', literal: literalOf(node.raw, around.strings) };
    case 'ParameterAlias':
      return { kind: 'literal', literal: aliasValue(node.raw, around.aliases) };
    case 'FirstMemberExpression':
      return { kind: 'path', path: node.raw.split('/') };
    default:
      throw new ODataError(`'${node.raw}' is not supported in a filter expression.`);
  }
}

function literalOf(raw: string, strings: readonly string[]): Literal {
  const place = /^'(\d+)'$/.exec(raw)?.[1];
  const literal: Literal | null =
    place === undefined ? readLiteral(raw) : { type: 'string', value: strings[Number(place)] ?? '' };
  if (literal === null) throw new ODataError(`Unrecognized literal '${raw}'.`);
  return literal;
}

function aliasValue(name: string, aliases: ReadonlyMap<string, string>): Literal {
  const prepared = prepareExpression(aliases.get(name) ?? 'null');
  if (prepared === null) throw new ODataError(`There is an unterminated string literal in the value of '${name}'.`);
  return literalOf(prepared.text, prepared.strings);
}
