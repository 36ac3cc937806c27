import { StorageError } from '../../outbox/storage.error.js';
import type { Arrival } from '../arrival.js';
import type { BusFailure } from './classify-bus-error.js';

/** A receipt that was not taken: nothing is received until it was. */
export interface TakeFailure extends BusFailure {
  readonly arrival: Arrival;
}

/** What `ReceiptsService.take` rejected with, as a failure of the listener. Pure. */
export function takeFailureOf(arrival: Arrival, error: unknown): TakeFailure {
  if (error instanceof StorageError) return { cause: 'not-stored', detail: error.message, arrival };
  // Its name alone: what it says may tell of the content.
  return { cause: 'failed', detail: error instanceof Error ? error.name : 'no error', arrival };
}
