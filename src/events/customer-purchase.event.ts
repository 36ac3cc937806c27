import { BusinessEvent } from '../contract/business-event.js';
import { Amount, Decimal, Instant, Lines, Reference, Text } from '../contract/fields.js';

class PurchaseLine {
  @Text({ maxLength: 64, description: "The article's stock-keeping unit.", example: 'TEA-EARL-GREY-100' })
  readonly sku!: string;

  @Text({ maxLength: 200, optional: true, description: 'What the article is called on the receipt.' })
  readonly description?: string;

  @Decimal({ decimals: 4, description: 'How many units, or how much in kilograms or metres.', example: '2' })
  readonly quantity!: string;

  @Amount({ description: "Price of one unit, tax included, in the purchase's currency.", example: '9.95' })
  readonly unitPrice!: string;
}

@BusinessEvent({
  name: 'CustomerPurchase',
  version: 1,
  summary: 'A customer bought something at a point of sale. The purchase is complete and paid.',
  catalog: { root: 'Contoso Customer Management', category: 'Customer Events' },
  key: 'purchaseId',
  source: 'storeId',
  example: {
    purchaseId: 'S017-T3-20261122-000482',
    occurredAt: '2026-11-22T10:00:00Z',
    storeId: 'store-017',
    totalAmount: '24.85',
    currencyCode: 'EUR',
    contactId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    customerNumber: 'C-100482',
    email: 'customer@example.com',
    receiptNumber: '000482',
    paymentMethod: 'card',
    lines: [
      { sku: 'TEA-EARL-GREY-100', description: 'Earl Grey, 100 g', quantity: '2', unitPrice: '9.95' },
      { sku: 'CUP-WHITE', quantity: '1', unitPrice: '4.95' },
    ],
  },
})
export class CustomerPurchase {
  @Text({ maxLength: 100, description: 'Identifies the purchase; the same in every repeat of the same purchase.' })
  readonly purchaseId!: string;

  @Instant({ description: 'When the purchase was paid, by the clock of the till.' })
  readonly occurredAt!: string;

  @Text({ maxLength: 50, description: 'The store where it happened.' })
  readonly storeId!: string;

  @Amount({ description: 'What the customer paid, tax included, in units of the currency.' })
  readonly totalAmount!: string;

  @Text({
    minLength: 3,
    maxLength: 3,
    pattern: '^[A-Z]{3}$',
    description: 'Currency of every amount in this event, ISO 4217.',
  })
  readonly currencyCode!: string;

  @Reference({ table: 'contact', optional: true, description: 'The customer, where the till knows the contact row.' })
  readonly contactId?: string;

  @Text({ maxLength: 50, optional: true, description: "The customer's number in the loyalty or ERP system." })
  readonly customerNumber?: string;

  @Text({ maxLength: 254, format: 'email', optional: true, description: "The customer's e-mail address." })
  readonly email?: string;

  @Text({ maxLength: 50, optional: true, description: 'The number printed on the receipt.' })
  readonly receiptNumber?: string;

  @Text({ maxLength: 50, optional: true, description: 'How most of the amount was paid: card, cash, voucher.' })
  readonly paymentMethod?: string;

  @Lines(() => PurchaseLine, { maxItems: 200, optional: true, description: 'What was bought, a line per article.' })
  readonly lines?: readonly PurchaseLine[];
}
