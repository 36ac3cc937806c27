import type { Cell, Row } from '../tables/table-definition.js';
import { type Binding, type BoundValue, bindCollection, bindValue, type Scope } from './bind-path.js';
import { holds } from './compare-cells.js';
import { ODataError } from './odata.error.js';
import type { Comparison, Filter, Operand, TextTest } from './query.js';
import { EDM_NAMES } from './value-type.js';

type Test = (scope: Scope) => boolean;

const OPERATOR_KINDS: Readonly<Record<Comparison, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
};

const TEXT_TESTS: Readonly<Record<TextTest, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startswith: (text, part) => text.startsWith(part),
  endswith: (text, part) => text.endsWith(part),
};

/**
 * Turns a filter into a test of rows. Throws an `ODataError` where it names something unknown, even if there are no
 * rows.
 */
export function bindFilter(filter: Filter, binding: Binding): (row: Row) => boolean {
  const test = bind(filter, binding);
  return (row) => test({ row, variables: new Map() });
}

function bind(filter: Filter, binding: Binding): Test {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const left = bind(filter.left, binding);
      const right = bind(filter.right, binding);
      return filter.kind === 'and' ? (scope) => left(scope) && right(scope) : (scope) => left(scope) || right(scope);
    }
    case 'not': {
      const test = bind(filter.operand, binding);
      return (scope) => !test(scope);
    }
    case 'compare':
      return bindComparison(filter, binding);
    case 'text':
      return bindTextTest(filter, binding);
    case 'holds': {
      const value = bindOperand(filter.operand, binding);
      if (value.type !== 'boolean')
        throw new ODataError('The $filter expression must evaluate to a single boolean value.');
      return (scope) => value.read(scope) === true;
    }
    default:
      return bindLambda(filter, binding);
  }
}

function bindComparison(filter: Extract<Filter, { kind: 'compare' }>, binding: Binding): Test {
  const { operator } = filter;
  const left = bindOperand(filter.left, binding);
  const right = bindOperand(filter.right, binding);
  if (!comparable(left, right)) {
    const found = `'${EDM_NAMES[left.type ?? 'string']}' and '${EDM_NAMES[right.type ?? 'string']}'`;
    throw new ODataError(
      `A binary operator with incompatible types was detected. Found operand types ${found} for operator kind '${OPERATOR_KINDS[operator]}'.`,
    );
  }
  const type = left.type ?? right.type;
  return (scope) => holds(operator, left.read(scope), right.read(scope), type);
}

/** Dataverse also accepts an id in quotes. */
function comparable({ type: left }: BoundValue, { type: right }: BoundValue): boolean {
  if (left === null || right === null || left === right) return true;
  return left === 'guid' && right === 'string';
}

function bindTextTest(filter: Extract<Filter, { kind: 'text' }>, binding: Binding): Test {
  const test = TEXT_TESTS[filter.test];
  const text = bindOperand(filter.text, binding);
  const part = bindOperand(filter.part, binding);
  if (text.type !== 'string' || part.type !== 'string') {
    throw new ODataError(
      `No function signature for the function with name '${filter.test}' matches the specified arguments.`,
    );
  }
  return (scope) => test(lowered(text.read(scope)), lowered(part.read(scope)));
}

function lowered(cell: Cell): string {
  return String(cell ?? '').toLowerCase();
}

function bindLambda(filter: Extract<Filter, { kind: 'any' | 'all' }>, binding: Binding): Test {
  const { target, read } = bindCollection(filter.path, binding);
  const { predicate } = filter;
  if (predicate === null) return (scope) => read(scope).length > 0;
  const variables = new Map([...binding.variables, [predicate.variable, target]]);
  const inner = bind(predicate.filter, { ...binding, variables });
  const test = (row: Row, scope: Scope) =>
    inner({ row: scope.row, variables: new Map([...scope.variables, [predicate.variable, row]]) });
  return filter.kind === 'any'
    ? (scope) => read(scope).some((row) => test(row, scope))
    : (scope) => read(scope).every((row) => test(row, scope));
}

function bindOperand(operand: Operand, binding: Binding): BoundValue {
  if (operand.kind === 'path') return bindValue(operand.path, binding);
  const { type, value } = operand.literal;
  return { type: type === 'null' ? null : type, read: () => value };
}
