import type { ConfirmResult, NewReceipt, ReceiptChannel } from '../outbox/receipt.js';
import type { OverdueCount } from '../outbox/receipt-store.js';

/** A receipt that is stored, and what it came to. */
export interface TakenReceipt extends ConfirmResult {
  readonly receipt: NewReceipt;
}

/** Something that came as a receipt and was not taken. */
export interface RefusedArrival {
  readonly reason: ReceiptRefusal;
  readonly channel: ReceiptChannel;
  /** The network that a post came from, as far as it is known; messages of Service Bus have none. */
  readonly from?: string;
}

/** What receiving reports; operations records it. Must neither throw nor wait. */
export abstract class ReceiptsJournal {
  /** A receipt was taken; it is durable. */
  abstract taken(taken: TakenReceipt): void;

  /** A context came whose message belongs to no event type; it was not kept. */
  abstract foreign(message: string, channel: ReceiptChannel): void;

  /** Something came that was not accepted. */
  abstract refused(refusal: RefusedArrival): void;

  /** Delivered events were found to have waited too long for a receipt: how many more of each type. */
  abstract foundOverdue(counts: readonly OverdueCount[]): void;

  /** Overdue events could not be looked for; the next turn tries again. */
  abstract overdueFailed(error: unknown): void;
}

/**
 * Why something was not taken. `secret-missing`, `secret-invalid` and `secret-slowed` (invalid, and one of too many from
 * an address): who sent it was not Dataverse. `malformed`: no context. `too-large`. `encoded`: compressed. `incomplete`: it
 * broke off. `overloaded`: too much was being received. `not-stored`: the store did not take it. `failed`: for a reason
 * nobody foresaw. `shutting-down`.
 */
export type ReceiptRefusal =
  | 'secret-missing'
  | 'secret-invalid'
  | 'secret-slowed'
  | 'malformed'
  | 'too-large'
  | 'encoded'
  | 'incomplete'
  | 'overloaded'
  | 'not-stored'
  | 'failed'
  | 'shutting-down';
