import type { Provider } from '@nestjs/common';
import { Verifications } from './contract/verification.js';
import { type AssembledDelivery, assembleDelivery, type DeliveryOptions } from './delivery/assemble-delivery.js';
import { DeliveryJournal } from './delivery/delivery-journal.js';
import { Dispatcher } from './delivery/dispatcher.js';
import { Gates } from './delivery/gates.js';
import { Clock } from './kernel/clock.js';
import { Doorbell } from './outbox/doorbell.js';

/** Everything of delivery, before its parts are provided one by one. */
abstract class DeliveryParts implements AssembledDelivery {
  abstract readonly dispatcher: Dispatcher;
  abstract readonly gates: Gates;
  abstract readonly verifications: Verifications;
}

/**
 * Provides delivery, and those of its parts that other features ask for; it takes journal and clock from the
 * application.
 */
export function deliveryProviders(parts: Omit<DeliveryOptions, 'journal' | 'clock'>): Provider[] {
  return [
    {
      provide: DeliveryParts,
      inject: [DeliveryJournal, Clock],
      useFactory: (journal: DeliveryJournal, clock: Clock) => assembleDelivery({ ...parts, journal, clock }),
    },
    { provide: Dispatcher, inject: [DeliveryParts], useFactory: ({ dispatcher }: DeliveryParts) => dispatcher },
    { provide: Gates, inject: [DeliveryParts], useFactory: ({ gates }: DeliveryParts) => gates },
    {
      provide: Verifications,
      inject: [DeliveryParts],
      useFactory: ({ verifications }: DeliveryParts) => verifications,
    },
    {
      provide: Doorbell,
      inject: [Dispatcher],
      useFactory: (dispatcher: Dispatcher): Doorbell => ({ wake: () => dispatcher.wake() }),
    },
  ];
}
