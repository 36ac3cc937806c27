import { ProblemError } from '../http/problem.error.js';
import { problemFor } from '../http/problem-for.js';
import { newEventId } from '../kernel/ids.js';
import type { NewEvent } from '../outbox/event-record.js';
import { fitsDataverse } from './event-size.js';
import { type Submission, seal } from './seal.js';

/** One item of a request for several events, as it was read: an event, or why it is none. */
export type ReadItem = Submission | UnreadableItem;

interface UnreadableItem {
  /** The event type that it named, for counting refusals; `unknown` where there is no such type. */
  readonly type: string;
  readonly problem: ProblemError;
}

/** An item that can be stored as it is, or was refused already. */
export type PreparedItem = NewEvent | UnreadableItem;

export function isEvent(item: PreparedItem): item is NewEvent {
  return !('problem' in item);
}

/** Seals an event under a new id. Throws a 413 problem where Dataverse could not hand it on whole. */
export function prepareEvent(submission: Submission): NewEvent {
  const event = seal(submission, newEventId());
  if (fitsDataverse(submission.definition, event.data)) return event;
  throw new ProblemError('payload-too-large', 'Encoded for Dataverse, twice its parameters exceed 180 KB.');
}

/** `prepareEvent` for one of several: a fault in it refuses this item alone. */
export function prepareItem(item: ReadItem): PreparedItem {
  if ('problem' in item) return { type: item.type, problem: briefly(item.problem) };
  try {
    return prepareEvent(item);
  } catch (error) {
    const problem = problemFor(error);
    if (problem === null) throw error;
    return { type: item.definition.type, problem };
  }
}

/** How many faults of one item are told: a thousand items are in memory at once, and answered in one body. */
const ITEM_FAULTS = 20;

function briefly(problem: ProblemError): ProblemError {
  const { slug, errors } = problem;
  if (errors.length <= ITEM_FAULTS) return problem;
  const detail = `The event is not valid; errors names the first ${ITEM_FAULTS} faults, there are more.`;
  return new ProblemError(slug, detail, { errors: errors.slice(0, ITEM_FAULTS) });
}
