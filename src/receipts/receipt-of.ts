import type { NewReceipt } from '../outbox/receipt.js';
import type { Arrival } from './arrival.js';
import type { MessageTypes } from './message-types.js';
import type { RaisedEvent } from './raised-event.js';

/** What a context means to the gateway. */
export type ReceiptVerdict =
  | { readonly kind: 'receipt'; readonly receipt: NewReceipt }
  /** Its message belongs to no event type: somebody registered another step on the receiver. */
  | { readonly kind: 'foreign'; readonly message: string }
  /** It cannot be told which raising it reports; `detail` says what is missing. */
  | { readonly kind: 'unusable'; readonly detail: string };

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Dataverse writes this where there is no id. */
const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** Makes a receipt of a context's facts. Pure. */
export function receiptOf(
  raised: RaisedEvent,
  types: MessageTypes,
  { channel, stripped }: Pick<Arrival, 'channel' | 'stripped'>,
): ReceiptVerdict {
  const type = types.get(raised.message);
  if (type === undefined) return { kind: 'foreign', message: raised.message };
  const step = guidOf(raised.step);
  const operation = guidOf(raised.operation);
  if (step === null) return unusable('OwningExtension.Id, the step that was run, is missing or no GUID.');
  if (operation === null) return unusable('OperationId, the system job that ran the step, is missing or no GUID.');
  const receipt: NewReceipt = {
    eventIds: eventIdsOf(raised.eventIds),
    type,
    channel,
    step,
    operation,
    operationAt: raised.operationAt,
    requestId: guidOf(raised.requestId),
    correlationId: guidOf(raised.correlationId),
    stripped,
  };
  return { kind: 'receipt', receipt };
}

/** A `tag` can be any text from the caller of the custom API; the store is only asked about ids of events. */
function eventIdsOf(candidates: readonly unknown[]): readonly string[] {
  return [...new Set(candidates.map(guidOf).filter((id) => id !== null))];
}

/** In lower case, as the store keeps ids. */
function guidOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const guid = value.toLowerCase();
  return GUID.test(guid) && guid !== NO_GUID ? guid : null;
}

function unusable(detail: string): ReceiptVerdict {
  return { kind: 'unusable', detail };
}
