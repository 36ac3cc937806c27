import type { EpochMs } from '../kernel/clock.js';
import { eventIdsOf } from './context/event-ids-of.js';
import { MalformedContextError } from './context/malformed-context.error.js';
import { readContext } from './context/read-context.js';
import type { RemoteExecutionContext } from './context/remote-execution-context.js';

/** The part of a RemoteExecutionContext that says which event was raised, and when; unchecked. */
export interface RaisedEvent {
  /** The name of the message: a custom API's unique name. */
  readonly message: string;
  readonly step: unknown;
  readonly operation: unknown;
  /** Whole milliseconds, within the range of `Date`: the reader refuses any other value. */
  readonly operationAt: EpochMs | null;
  readonly requestId: unknown;
  readonly correlationId: unknown;
  /**
   * The possible ids of the event, the most likely first: the tag before `EventId`. The store tells which one is an
   * event's, so a tag of somebody else's does no harm. Consumers of the package, who have no store to ask, read
   * `EventId` first: `eventIdOf`.
   */
  readonly eventIds: readonly unknown[];
}

/** Reads the part of a RemoteExecutionContext that receipts need, or says why the text is none, without quoting it. */
export function readRaisedEvent(text: string): RaisedEvent | MalformedContextError {
  try {
    return raisedEventOf(readContext(text));
  } catch (error) {
    if (error instanceof MalformedContextError) return error;
    throw error;
  }
}

function raisedEventOf(context: RemoteExecutionContext): RaisedEvent {
  return {
    message: context.messageName,
    step: context.owningExtension?.id,
    operation: context.operationId,
    operationAt: context.operationCreatedOn?.epochMs ?? null,
    requestId: context.requestId,
    correlationId: context.correlationId,
    eventIds: eventIdsOf(context).map(({ value }) => value),
  };
}
