import { isOperator, type Principal } from '../access/principal.js';
import { ProblemError } from '../http/problem.error.js';

/**
 * Narrows a filter to what the caller may see: an operator everything, a publisher its own events. Throws a 403
 * problem.
 */
export function onlyOwn<F extends { readonly client?: string }>(filter: F, principal: Principal): F {
  if (isOperator(principal)) return filter;
  if (filter.client !== undefined && filter.client !== principal.client) {
    throw new ProblemError('forbidden', 'The events of other clients need the role operator.');
  }
  return { ...filter, client: principal.client };
}
