import type { EpochMs } from '../kernel/clock.js';
import { eventIdsOf } from './context/event-ids-of.js';
import { MalformedContextError } from './context/malformed-context.error.js';
import { readContext } from './context/read-context.js';
import type { RemoteExecutionContext } from './context/remote-execution-context.js';

/** What of a RemoteExecutionContext says which event was raised, and when; unchecked. */
export interface RaisedEvent {
  /** The name of the message: a custom API's unique name. */
  readonly message: string;
  readonly step: unknown;
  readonly operation: unknown;
  /** Whole milliseconds, within what `Date` reaches: the reader refuses what is none. */
  readonly operationAt: EpochMs | null;
  readonly requestId: unknown;
  readonly correlationId: unknown;
  /**
   * What may be the event's id, likeliest first: the tag before `EventId`, for the store says which is an event's, so that
   * a tag of somebody else's does no harm. Consumers of the package, who cannot ask it, read `EventId` first: `eventIdOf`.
   */
  readonly eventIds: readonly unknown[];
}

/** The text of a RemoteExecutionContext as far as receipts need it, or why it is none, without any of it. */
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
