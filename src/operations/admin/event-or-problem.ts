import { ProblemError } from '../../http/problem.error.js';
import type { ListedEvent } from '../../outbox/event-query.js';
import type { ActionResult } from '../../outbox/operator-actions.js';
import { whyNotDone } from './why-not-done.js';

/** The event as an operator's action left it. Throws the 404 or 409 problem that says why nothing was done. */
export function eventOrProblem(result: ActionResult, action: 'replayed' | 'cancelled'): ListedEvent {
  if (result.kind === 'done') return result.event;
  if (result.kind === 'not-found') throw new ProblemError('not-found', 'There is no such event.');
  const wasDelivered = action === 'replayed' && result.status === 'delivered';
  throw new ProblemError(PROBLEMS[result.kind], whyNotDone(result, wasDelivered ? REPLAYED_UNLESS_FORCED : action));
}

const PROBLEMS = { illegal: 'illegal-transition', 'no-data': 'data-erased' } as const;

const REPLAYED_UNLESS_FORCED = 'replayed unless that is forced: it would reach Dataverse again';
