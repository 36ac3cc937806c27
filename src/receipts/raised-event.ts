import type { EpochMs } from '../kernel/clock.js';

/** What of a RemoteExecutionContext says which event was raised, and when; unchecked. */
export interface RaisedEvent {
  /** The name of the message: a custom API's unique name. */
  readonly message: string;
  readonly step: unknown;
  readonly operation: unknown;
  readonly operationAt: EpochMs | null;
  readonly requestId: unknown;
  readonly correlationId: unknown;
  /** Where an event's id may stand, likeliest first. */
  readonly eventIds: readonly unknown[];
}

export type ReadRaisedEvent =
  | { readonly kind: 'read'; readonly raised: RaisedEvent }
  | { readonly kind: 'malformed'; readonly detail: string };

type Members = Readonly<Record<string, unknown>>;

/** Reads the text of a RemoteExecutionContext. */
export function readRaisedEvent(text: string): ReadRaisedEvent {
  const context = parse(text);
  if (context === null) return { kind: 'malformed', detail: 'The body is not valid JSON.' };
  if (!isObject(context) || typeof context.MessageName !== 'string') {
    return { kind: 'malformed', detail: 'The body is no RemoteExecutionContext: it has no MessageName.' };
  }
  const parent = isObject(context.ParentContext) ? context.ParentContext : {};
  const { OwningExtension: step, OperationCreatedOn: created } = context;
  const raised: RaisedEvent = {
    message: context.MessageName,
    step: isObject(step) ? step.Id : null,
    operation: context.OperationId,
    operationAt: Number(/^\/Date\((\d{1,15})/.exec(String(created))?.[1] ?? Number.NaN) || null,
    requestId: context.RequestId,
    correlationId: context.CorrelationId,
    eventIds: [
      valueOf(context.SharedVariables, 'tag'),
      valueOf(parent.SharedVariables, 'tag'),
      valueOf(context.InputParameters, 'EventId'),
      valueOf(parent.InputParameters, 'EventId'),
    ],
  };
  return { kind: 'read', raised };
}

function valueOf(list: unknown, key: string): unknown {
  if (!Array.isArray(list)) return null;
  return list.find((entry: unknown) => isObject(entry) && entry.key === key)?.value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
