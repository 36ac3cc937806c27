import type { EpochMs } from '../kernel/clock.js';
import type { NewReceipt, ReceiptChannel } from '../outbox/receipt.js';
import type { MessageTypes } from './message-types.js';
import type { RaisedEvent } from './raised-event.js';

/** How a context came. */
export interface Delivered {
  readonly channel: ReceiptChannel;
  /** Whoever brought it said that its content was removed for its size. */
  readonly stripped: boolean;
}

/** What a context is to the gateway. */
export type ReceiptVerdict =
  | { readonly kind: 'receipt'; readonly receipt: NewReceipt }
  /** Its message stands for no event type: somebody hung another step on the receiver. */
  | { readonly kind: 'foreign'; readonly message: string }
  /** Which raising it tells of cannot be said; `detail` says what is missing. */
  | { readonly kind: 'unusable'; readonly detail: string };

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What Dataverse writes where there is none. */
const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** As far as `Date` reaches. */
const MOST_MS = 8.64e15;

/** Makes a receipt of what a context tells. Pure. */
export function receiptOf(raised: RaisedEvent, types: MessageTypes, { channel, stripped }: Delivered): ReceiptVerdict {
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
    operationAt: instantOf(raised.operationAt),
    requestId: guidOf(raised.requestId),
    correlationId: guidOf(raised.correlationId),
    stripped,
  };
  return { kind: 'receipt', receipt };
}

/** A `tag` is whatever the caller of the custom API sent; only ids of events are worth a look into the store. */
function eventIdsOf(candidates: readonly unknown[]): readonly string[] {
  return [...new Set(candidates.map(guidOf).filter((id) => id !== null))];
}

/** What no calendar knows proves nothing about when it was. */
function instantOf(at: EpochMs | null): EpochMs | null {
  return at !== null && Number.isInteger(at) && Math.abs(at) <= MOST_MS ? at : null;
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
