import type { EpochMs } from '../kernel/clock.js';

/** How a receipt came. */
export type ReceiptChannel = 'webhook' | 'service-bus';

/**
 * Dataverse's statement that it raised an event to one of the gateway's own steps. Identity: (event, step, operation).
 * A replay has the event raised anew: an older receipt is `outdated`.
 */
export interface NewReceipt {
  /**
   * The possible ids of the event, the most likely first: its `tag`, then its `EventId`. The first known one counts.
   */
  readonly eventIds: readonly string[];
  /** The type its message belongs to; an event of another type is not meant. */
  readonly type: string;
  readonly channel: ReceiptChannel;
  /** The step that was run, `OwningExtension.Id`. */
  readonly step: string;
  /**
   * The system job that ran it, `OperationId`: Dataverse's own repeat of a post has the same one, another raising has
   * another.
   */
  readonly operation: string;
  /** When that job was made, by Dataverse's clock; null where the post does not say. */
  readonly operationAt: EpochMs | null;
  readonly requestId: string | null;
  readonly correlationId: string | null;
  /** Dataverse removed the content, for it was too large to be sent. */
  readonly stripped: boolean;
}

/**
 * The result of a receipt. `confirmed`: the first proof of this event. `accompanying`: the same raising, reported by
 * another step. `duplicate`: another operation ran the same step, so Dataverse raised the event more than once.
 * `repeated`: this very operation was reported before, or too many are kept of the event to tell. `outdated`: raised
 * before the event was last replayed, or perhaps so, where a wrong guess would lose that replay: it proves nothing.
 * `unknown`: no event of this id and type is kept here; or it is pending, and no call of it can have been made since
 * its acceptance or last replay. Then this gateway did not raise it, so it is still sent: at worst twice, as after a
 * restore from a backup.
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

/** The result of `confirm` for one receipt. */
export interface ConfirmResult {
  readonly result: ReceiptResult;
  /** The event that was meant, or null where it is unknown. */
  readonly eventId: string | null;
  /**
   * Time from delivered to confirmed, for `confirmed`; 0 where the receipt was faster than the record of the delivery.
   */
  readonly waitedMs: number | null;
  /** Whether the event was pending and this receipt delivered it. */
  readonly ended: boolean;
}

/** The result for a receipt that is `unknown`. */
export const UNKNOWN_RECEIPT: ConfirmResult = { result: 'unknown', eventId: null, waitedMs: null, ended: false };

/** A receipt as the timeline shows it. */
export interface ReceiptRecord extends Omit<NewReceipt, 'eventIds' | 'type'> {
  readonly receivedAt: EpochMs;
  readonly result: Exclude<ReceiptResult, 'repeated' | 'unknown'>;
}
