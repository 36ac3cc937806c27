import type { Cell } from '../tables/table-definition.js';
import type { Comparison } from './query.js';

/** The kind of a property or a literal; values of different kinds cannot be compared. */
export type ValueType = 'string' | 'number' | 'boolean' | 'guid' | 'instant';

/** Text is compared as Dataverse's database does by default: without regard to case. */
const COLLATOR = new Intl.Collator('en', { sensitivity: 'accent' });

/**
 * Whether a comparison is true. Nothing is greater or less than null; and unlike in SQL, null is unequal to any value,
 * as Dataverse adds `or is null` to every `ne`.
 */
export function holds(operator: Comparison, left: Cell, right: Cell, type: ValueType | null): boolean {
  if (left === null || right === null) {
    return operator === 'eq' ? left === right : operator === 'ne' && left !== right;
  }
  const order = orderOf(left, right, type);
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
  }
}

/** Negative, zero or positive, as `left` comes before, with or after `right`; null comes first. */
export function orderOf(left: Cell, right: Cell, type: ValueType | null): number {
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (type === 'instant') return Date.parse(String(left)) - Date.parse(String(right));
  if (typeof left === 'string' && typeof right === 'string') return COLLATOR.compare(left, right);
  return Number(left) - Number(right);
}
