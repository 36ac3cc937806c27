import { DeliveryJournal } from '../../../src/delivery/delivery-journal.js';

/** For tests that look at the target and at the store, and not at what is told of it. */
export class NoJournal extends DeliveryJournal {
  override attempted(): void {
    // Nobody reads it.
  }

  override paced(): void {
    // Nobody reads it.
  }

  override gateChanged(): void {
    // Nobody reads it.
  }

  override verified(): void {
    // Nobody reads it.
  }

  override storeRefused(): void {
    // Nobody reads it.
  }

  override storeBack(): void {
    // Nobody reads it.
  }
}
