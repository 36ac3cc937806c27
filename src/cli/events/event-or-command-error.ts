import { whyNotDone } from '../../operations/admin/why-not-done.js';
import type { ListedEvent } from '../../outbox/event-query.js';
import type { ActionResult } from '../../outbox/operator-actions.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { noSuchEvent } from './no-such-event.js';

/**
 * The event as an operator's action left it. Throws the `CommandError` that says why nothing was done; `refusal` completes
 * "An event that is pending is not ...", `store` is where the store is, for people.
 */
export function eventOrCommandError(result: ActionResult, refusal: string, store: string): ListedEvent {
  if (result.kind === 'done') return result.event;
  if (result.kind === 'not-found') throw noSuchEvent(store);
  throw new CommandError(ExitCode.Refused, `${whyNotDone(result, refusal)} Nothing was changed.`);
}
