import type { EpochMs } from '../kernel/clock.js';

/** How a receipt came. */
export type ReceiptChannel = 'webhook' | 'service-bus';

/**
 * Dataverse's word that it raised an event to a step of the gateway's own. Identity: (event, step, operation). A replay
 * has the event raised anew: what is older than it is `outdated`.
 */
export interface NewReceipt {
  /** Which event it is, likeliest first: its `tag`, then its `EventId`. The first that is known counts. */
  readonly eventIds: readonly string[];
  /** The type its message stands for; an event of another type is not meant. */
  readonly type: string;
  readonly channel: ReceiptChannel;
  /** The step that was run, `OwningExtension.Id`. */
  readonly step: string;
  /** The system job that ran it, `OperationId`: Dataverse's repeat of a post has the same one, another raising another. */
  readonly operation: string;
  /** When that job was made, by Dataverse's clock; null where it was not told. */
  readonly operationAt: EpochMs | null;
  readonly requestId: string | null;
  readonly correlationId: string | null;
  /** Dataverse removed the content, for it was too large to be sent. */
  readonly stripped: boolean;
}

/**
 * What a receipt came to. `confirmed`: the first proof of this event. `accompanying`: the same raising, told by another
 * step. `duplicate`: the same step was run by another operation, so Dataverse raised the event more than once. `repeated`:
 * this very operation was told before, or too many are kept of the event to tell. `outdated`: raised before the event was
 * last replayed, or perhaps, where a wrong guess would lose that replay: it proves nothing. `unknown`: no event of this
 * id and type is kept here, or it is pending and no call of it can have been made since its acceptance or last replay;
 * whoever raised it, it was not this gateway, so it is still sent: at worst twice, as after a restore from a backup.
 */
export type ReceiptResult = 'confirmed' | 'accompanying' | 'duplicate' | 'repeated' | 'outdated' | 'unknown';

/** Whether a receipt that came to this has a row of its own. */
const LEAVES_A_ROW: Readonly<Record<ReceiptResult, boolean>> = {
  confirmed: true,
  accompanying: true,
  duplicate: true,
  outdated: true,
  repeated: false,
  unknown: false,
};

/** Pure: whether the store keeps a receipt that came to this. */
export function isKept(result: ReceiptResult): result is ReceiptRecord['result'] {
  return LEAVES_A_ROW[result];
}

/** What `confirm` made of one receipt. */
export interface ConfirmResult {
  readonly result: ReceiptResult;
  /** The event that was meant, or null where it is unknown. */
  readonly eventId: string | null;
  /** From delivered to confirmed, of a `confirmed` one; 0 where the receipt was faster than the record of the delivery. */
  readonly waitedMs: number | null;
  /** Whether the event was pending and is delivered by this receipt. */
  readonly ended: boolean;
}

/** The result for a receipt that is `unknown`. */
export const UNKNOWN_RECEIPT: ConfirmResult = { result: 'unknown', eventId: null, waitedMs: null, ended: false };

/** A receipt as the timeline shows it. */
export interface ReceiptRecord extends Omit<NewReceipt, 'eventIds' | 'type'> {
  readonly receivedAt: EpochMs;
  readonly result: Exclude<ReceiptResult, 'repeated' | 'unknown'>;
}
