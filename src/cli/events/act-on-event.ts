import { eventResourceOf } from '../../ingest/event.resource.js';
import { isEventId } from '../../kernel/ids.js';
import type { ActionResult, OperatorActions } from '../../outbox/operator-actions.js';
import type { CliContext } from '../cli-context.js';
import { withStore } from '../with-store.js';
import { writeFacts, writeJson } from '../write-output.js';
import { eventOrCommandError } from './event-or-command-error.js';

/** One deed to one event. */
export interface EventDeed {
  readonly id: string;
  readonly json: boolean;
  /** What a refusal says, with advice where there is some: it completes "An event that is pending is not ...". */
  readonly refusal: string;
  readonly act: (actions: OperatorActions) => Promise<ActionResult>;
}

/** Does something to one event, and shows what became of it. */
export async function actOnEvent(context: CliContext, { id, json, refusal, act }: EventDeed): Promise<void> {
  const result = await withStore(context, async ({ actions }): Promise<ActionResult> => {
    return isEventId(id) ? act(actions) : { kind: 'not-found' };
  });
  const event = eventResourceOf(eventOrCommandError(result, refusal));
  if (json) return writeJson(context, event);
  const { links: _links, data: _data, ...facts } = event;
  writeFacts(context, facts);
}
