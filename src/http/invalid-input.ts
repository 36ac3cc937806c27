import { toldOf } from '../kernel/fault-list.js';
import type { InputFault } from '../kernel/input-fault.js';
import { ProblemError } from './problem.error.js';

/** The problem of an input with faults. `what` names the input at the beginning of a sentence, such as "The event". */
export function invalidInput(
  slug: 'invalid-event' | 'invalid-request',
  what: string,
  errors: readonly InputFault[],
): ProblemError {
  const told = toldOf(errors).length;
  const which = told < errors.length ? `the first ${told} faults, there are more` : 'every fault';
  return new ProblemError(slug, `${what} is not valid; errors names ${which}.`, { errors });
}
