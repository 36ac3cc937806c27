import { assertNever } from '../../kernel/assert-never.js';
import type { ListedEvent } from '../../outbox/event-query.js';
import type { ActionResult } from '../../outbox/operator-actions.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/** The event as a deed left it; `deed` completes "is not ...". Throws `CommandError` where nothing was done. */
export function eventAfter(result: ActionResult, deed: string): ListedEvent {
  switch (result.kind) {
    case 'done':
      return result.event;
    case 'not-found':
      throw new CommandError(ExitCode.NotFound, 'There is no such event in this store.');
    case 'illegal':
      throw new CommandError(
        ExitCode.Refused,
        `An event that is ${result.status} is not ${deed}. Nothing was changed.`,
      );
    case 'no-data':
      throw new CommandError(
        ExitCode.Refused,
        `The event is ${result.status} and its content is gone already. Nothing was changed.`,
      );
    default:
      return assertNever(result);
  }
}
