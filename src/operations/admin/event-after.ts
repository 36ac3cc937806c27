import { ProblemError } from '../../http/problem.error.js';
import { assertNever } from '../../kernel/assert-never.js';
import type { ListedEvent } from '../../outbox/event-query.js';
import type { ActionResult } from '../../outbox/operator-actions.js';

/** The event as an operator's deed left it. Throws the 404 or 409 problem that says why nothing was done. */
export function eventAfter(result: ActionResult, deed: 'replayed' | 'cancelled'): ListedEvent {
  switch (result.kind) {
    case 'done':
      return result.event;
    case 'not-found':
      throw new ProblemError('not-found', 'There is no such event.');
    case 'illegal':
      throw new ProblemError(
        'illegal-transition',
        `An event that is ${result.status} is not ${deed}${unless(result)}.`,
      );
    case 'no-data':
      throw new ProblemError('data-erased', `The event is ${result.status} and its content is gone.`);
    default:
      return assertNever(result);
  }

  function unless({ status }: { readonly status: string }): string {
    return deed === 'replayed' && status === 'delivered'
      ? ' unless that is forced: it would reach Dataverse again'
      : '';
  }
}
