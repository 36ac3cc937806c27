import type { ReceiptChannel } from '../outbox/receipt.js';

/** A RemoteExecutionContext as it came. No delivery: those go the other way. */
export interface Arrival {
  readonly body: string;
  readonly channel: ReceiptChannel;
  /** The network that a post came from, as far as it is known. */
  readonly from?: string;
  /** The carrier of the post said that Dataverse removed its content because of its size. */
  readonly stripped: boolean;
}
