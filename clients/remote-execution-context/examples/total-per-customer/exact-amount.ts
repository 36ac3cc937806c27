/** Amounts of events have at most four decimals, whatever the currency; so sums are exact in whole ten-thousandths. */
const DECIMALS = 4;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** A decimal text in ten-thousandths. Throws where it is no decimal number, or has a fifth decimal that is not 0. */
export function tenThousandthsOf(amount: string): bigint {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(amount) ?? [];
  if (whole === '') throw new RangeError('an amount is digits, with a point or without');
  if (/[1-9]/.test(fraction.slice(DECIMALS))) throw new RangeError('an amount has at most four decimals');
  const units = BigInt(whole + fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0'));
  return sign === '-' ? -units : units;
}

/** Ten-thousandths as a decimal text, with the decimals that the currency has, and more where they are not 0. */
export function amountOf(tenThousandths: bigint, currencyCode: string): string {
  const digits = String(tenThousandths < 0n ? -tenThousandths : tenThousandths).padStart(DECIMALS + 1, '0');
  const whole = digits.slice(0, -DECIMALS);
  const needed = digits.slice(-DECIMALS).replace(/0+$/, '');
  const fraction = needed.padEnd(decimalsOf(currencyCode), '0');
  return `${tenThousandths < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** As ISO 4217 has it: 2 for EUR, 0 for JPY, 3 for BHD; 2 for what is no currency. */
function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
