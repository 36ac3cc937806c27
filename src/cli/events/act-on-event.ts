import { eventResourceOf } from '../../ingest/event.resource.js';
import { isEventId } from '../../kernel/ids.js';
import type { ActionResult, OperatorActions } from '../../outbox/operator-actions.js';
import type { CliContext } from '../cli-context.js';
import { withStore } from '../with-store.js';
import { writeFacts, writeJson } from '../write-output.js';
import { eventAfter } from './event-after.js';

/** One deed to one event. */
export interface EventDeed {
  readonly id: string;
  readonly json: boolean;
  /** Completes "an event that is pending is not ...". */
  readonly done: string;
  readonly act: (actions: OperatorActions) => Promise<ActionResult>;
}

/** Does something to one event, and shows what became of it. */
export async function actOnEvent(context: CliContext, { id, json, done, act }: EventDeed): Promise<void> {
  const result = await withStore(context, async ({ actions }): Promise<ActionResult> => {
    return isEventId(id) ? act(actions) : { kind: 'not-found' };
  });
  const event = eventResourceOf(eventAfter(result, done));
  if (json) return writeJson(context, event);
  const { links: _links, data: _data, ...facts } = event;
  writeFacts(context, facts);
}
