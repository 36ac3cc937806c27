import { eventResourceOf } from '../../ingest/event.resource.js';
import { isEventId } from '../../kernel/ids.js';
import type { EventRecord } from '../../outbox/event-record.js';
import type { ActionResult, OperatorActions } from '../../outbox/operator-actions.js';
import type { Store } from '../../outbox/store.js';
import type { CliContext } from '../cli-context.js';
import { confirm } from '../confirm.js';
import { withStore } from '../with-store.js';
import { printable, writeFacts, writeJson } from '../write-output.js';
import { eventOrCommandError } from './event-or-command-error.js';

/** For what cannot be undone: a person at a terminal is asked first, unless it will be refused. */
interface Warning {
  /** It completes "Type key of client (status) ...". */
  readonly text: string;
  readonly isPossible: (event: EventRecord) => boolean;
}

/** One deed to one event. */
export interface EventDeed {
  readonly id: string;
  readonly json: boolean;
  /** What a refusal says, with advice where there is some: it completes "An event that is pending is not ...". */
  readonly refusal: string;
  readonly warning?: Warning;
  readonly act: (actions: OperatorActions) => Promise<ActionResult>;
}

/** Does something to one event, and shows what became of it. Scripts are not asked: they named the event by its id. */
export async function actOnEvent(context: CliContext, deed: EventDeed): Promise<void> {
  const { id, json, refusal, warning, act } = deed;
  const event = await withStore(context, async ({ outbox, actions }, shown) => {
    if (warning !== undefined && context.ask !== null) await askPerson(context, warning, await find(outbox, id));
    const result: ActionResult = isEventId(id) ? await act(actions) : { kind: 'not-found' };
    return eventResourceOf(eventOrCommandError(result, refusal, shown));
  });
  if (json) return writeJson(context, event);
  const { links: _links, data: _data, ...facts } = event;
  writeFacts(context, facts);
}

function find(outbox: Store['outbox'], id: string): Promise<EventRecord | null> {
  return isEventId(id) ? outbox.find(id) : Promise.resolve(null);
}

/** Says which event it is: an id alone is soon mistaken. Of one that is not there nobody is asked. */
async function askPerson(context: CliContext, { text, isPossible }: Warning, event: EventRecord | null): Promise<void> {
  if (event === null || !isPossible(event)) return;
  const { type, key, client, status } = event;
  await confirm(context, printable(`${type} ${key} of ${client} (${status}) ${text}.`), false);
}
