import { BusinessEvent } from '../contract/business-event.js';
import { Amount, Instant, Text, TextList } from '../contract/fields.js';

@BusinessEvent({
  name: 'VendorPaymentPosted',
  version: 1,
  summary: 'A payment to a vendor was posted in the ERP system. Payments to one vendor arrive in the order of posting.',
  catalog: { root: 'Contoso Vendor Management', category: 'Vendor Events' },
  key: 'paymentId',
  source: 'companyCode',
  orderingKey: 'vendorNumber',
  example: {
    paymentId: 'PAY-2026-004711',
    occurredAt: '2026-11-22T09:30:00Z',
    vendorNumber: 'V-20481',
    companyCode: 'DE01',
    amount: '18250.00',
    currencyCode: 'EUR',
    postingDate: '2026-11-22',
    paymentMethod: 'transfer',
    bankReference: 'SEPA-20261122-0815',
    invoiceNumbers: ['INV-88121', 'INV-88144'],
  },
})
export class VendorPaymentPosted {
  @Text({ maxLength: 100, description: 'Identifies the payment; the same in every repeat of the same posting.' })
  readonly paymentId!: string;

  @Instant({ description: 'When the payment was posted.' })
  readonly occurredAt!: string;

  @Text({ maxLength: 50, description: "The vendor's account number in the ERP system." })
  readonly vendorNumber!: string;

  @Text({ maxLength: 20, description: 'The company, or legal entity, that paid.' })
  readonly companyCode!: string;

  @Amount({ description: 'What was paid, in units of the currency. Negative for a reversal.' })
  readonly amount!: string;

  @Text({ minLength: 3, maxLength: 3, pattern: '^[A-Z]{3}$', description: 'Currency of the amount, ISO 4217.' })
  readonly currencyCode!: string;

  @Text({ maxLength: 10, format: 'date', optional: true, description: 'The day it counts for in the ledger.' })
  readonly postingDate?: string;

  @Text({ maxLength: 50, optional: true, description: 'How the vendor was paid: transfer, check, card.' })
  readonly paymentMethod?: string;

  @Text({ maxLength: 140, optional: true, description: "The bank's reference for the transaction." })
  readonly bankReference?: string;

  @TextList({ maxItems: 200, maxLength: 50, optional: true, description: 'Invoices that the payment settles.' })
  readonly invoiceNumbers?: readonly string[];
}
