import type { SeededRandom } from './seeded-random.js';

/** An event as a client sends it, and what Dataverse must receive for it: numbers as their literal text. */
export interface SampleEvent {
  readonly slug: string;
  readonly key: string;
  /** What orders it, or null. */
  readonly orderingKey: string | null;
  readonly content: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** In every content and in no log. */
export const PAYLOAD_MARKER = 'marker-of-a-payload';

export function purchase(key: string, random: SeededRandom): SampleEvent {
  const total = amount(random);
  const customerNumber = `${PAYLOAD_MARKER}-${random.between(1, 999_999)}`;
  const occurredAt = `2026-11-22T1${random.between(0, 9)}:00:0${random.between(0, 9)}Z`;
  const lines = [{ quantity: '2', sku: `SKU-${random.between(1, 99)}`, unitPrice: amount(random) }];
  return {
    slug: 'customer-purchase',
    key,
    orderingKey: null,
    content: {
      purchaseId: key,
      occurredAt,
      storeId: 'store-017',
      totalAmount: total,
      currencyCode: 'EUR',
      customerNumber,
      lines,
    },
    parameters: {
      EventSource: 'store-017',
      PurchaseId: key,
      OccurredAt: occurredAt,
      StoreId: 'store-017',
      TotalAmount: total,
      CurrencyCode: 'EUR',
      CustomerNumber: customerNumber,
      // A list of lines travels as one String parameter.
      Lines: JSON.stringify(lines),
    },
  };
}

export function payment(key: string, vendor: string, random: SeededRandom): SampleEvent {
  const total = amount(random);
  const bankReference = `${PAYLOAD_MARKER}-${random.between(1, 999_999)}`;
  const invoiceNumbers = [`INV-${random.between(1, 9999)}`, `INV-${random.between(1, 9999)}`];
  const occurredAt = '2026-11-22T09:30:00Z';
  return {
    slug: 'vendor-payment-posted',
    key,
    orderingKey: vendor,
    content: {
      paymentId: key,
      occurredAt,
      vendorNumber: vendor,
      companyCode: 'DE01',
      amount: total,
      currencyCode: 'EUR',
      bankReference,
      invoiceNumbers,
    },
    parameters: {
      EventSource: 'DE01',
      PaymentId: key,
      OccurredAt: occurredAt,
      VendorNumber: vendor,
      CompanyCode: 'DE01',
      Amount: total,
      CurrencyCode: 'EUR',
      BankReference: bankReference,
      InvoiceNumbers: invoiceNumbers,
    },
  };
}

/** Two decimals, a trailing zero now and then: digit for digit is the promise. */
function amount(random: SeededRandom): string {
  return `${random.between(1, 99_999)}.${random.between(0, 9)}${random.between(0, 9)}`;
}
