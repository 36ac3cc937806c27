import type { RemoteExecutionContext, Value } from 'dataverse-remote-execution-context';

/** The custom API of the event, with the prefix of your publisher. Other messages are none of these consumers' business. */
export const MESSAGE = 'contoso_CustomerPurchase';

/** Up to four decimals, as the definition says. */
const DECIMAL = /^-?\d+(\.\d{1,4}0*)?$/;

/** ISO 4217. */
const CURRENCY = /^[A-Z]{3}$/;

/** What a purchase tells, as far as these consumers want to know. */
export interface PurchaseContent {
  /** `contact:<id>` where the till knew the contact's row, else `number:<customer number>`, else null. */
  readonly customer: string | null;
  readonly currencyCode: string;
  /** A decimal text, digit for digit as the till sent it. */
  readonly totalAmount: string;
}

/** Null where the context is not complete, or says something else than the event's definition does. */
export function purchaseOf({ inputParameters }: RemoteExecutionContext): PurchaseContent | null {
  const currencyCode = inputParameters?.get('CurrencyCode');
  const totalAmount = inputParameters?.get('TotalAmount');
  if (typeof currencyCode !== 'string' || !CURRENCY.test(currencyCode)) return null;
  if (!isMoney(totalAmount) || !DECIMAL.test(totalAmount.value)) return null;
  const customer = customerOf(inputParameters?.get('ContactId'), inputParameters?.get('CustomerNumber'));
  return { customer, currencyCode, totalAmount: totalAmount.value };
}

function customerOf(contact: Value | undefined, number: Value | undefined): string | null {
  if (isReference(contact)) return `contact:${contact.id}`;
  return typeof number === 'string' ? `number:${number}` : null;
}

function isMoney(value: Value | undefined): value is Extract<Value, { readonly kind: 'Money' }> {
  return isObject(value) && value.kind === 'Money';
}

function isReference(value: Value | undefined): value is Extract<Value, { readonly kind: 'EntityReference' }> {
  return isObject(value) && value.kind === 'EntityReference';
}

function isObject(value: Value | undefined): value is Extract<Value, { readonly kind: string }> {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
