/** An event's content as a till sends it. */
export interface SentPurchase {
  readonly purchaseId: string;
  readonly occurredAt: string;
  readonly storeId: string;
  readonly totalAmount: string;
  readonly currencyCode: string;
  readonly customerNumber?: string;
}

const CURRENCIES = [
  { currencyCode: 'EUR', decimals: 2 },
  { currencyCode: 'JPY', decimals: 0 },
  { currencyCode: 'BHD', decimals: 3 },
] as const;

/** Purchases of four customers and of nobody, in three currencies, with amounts that floating point would spoil; some go back. */
export function purchases(count: number, name: string): readonly SentPurchase[] {
  return Array.from({ length: count }, (_, nth) => {
    const { currencyCode, decimals } = CURRENCIES[nth % CURRENCIES.length] ?? CURRENCIES[0];
    const whole = nth % 11 === 0 ? '90071992547409' : String((nth * 7_919) % 10_000);
    const fraction = String((nth * 104_729) % 10 ** decimals).padStart(decimals, '0');
    const amount = `${nth % 13 === 5 ? '-' : ''}${whole}${decimals === 0 ? '' : `.${fraction}`}`;
    return {
      purchaseId: `${name}-${nth}`,
      occurredAt: '2026-11-22T10:00:00Z',
      storeId: 'store-017',
      totalAmount: amount,
      currencyCode,
      ...(nth % 5 === 4 ? {} : { customerNumber: `C-${nth % 5}` }),
    };
  });
}

/** What `show-totals` has to print of them, by arithmetic of this test's own: in thousandths, as many as any of them has. */
export function expectedTotals(all: readonly SentPurchase[]): string {
  const sums = new Map<string, { count: number; thousandths: bigint }>();
  for (const purchase of all) {
    const name = purchase.customerNumber === undefined ? 'nobody' : `number:${purchase.customerNumber}`;
    const sum = sums.get(`${name} ${purchase.currencyCode}`) ?? { count: 0, thousandths: 0n };
    const [whole = '', fraction = ''] = purchase.totalAmount.split('.');
    sums.set(`${name} ${purchase.currencyCode}`, {
      count: sum.count + 1,
      thousandths: sum.thousandths + BigInt(whole + fraction.padEnd(3, '0')),
    });
  }
  const lines = [...sums].map(([key, { count, thousandths }]) => {
    const [name = '', currencyCode = ''] = key.split(' ');
    const decimals = CURRENCIES.find((currency) => currency.currencyCode === currencyCode)?.decimals ?? 0;
    const sign = thousandths < 0n ? '-' : '';
    const digits = String(thousandths < 0n ? -thousandths : thousandths).padStart(4, '0');
    const text = `${digits.slice(0, -3)}.${digits.slice(-3)}`.slice(0, decimals === 0 ? -4 : decimals - 3 || undefined);
    return `${name} ${sign}${text} ${currencyCode} (${count})\n`;
  });
  return lines.sort().join('');
}

/** What `show-points` has to print of them. */
export function expectedPoints(all: readonly SentPurchase[]): string {
  const points = new Map<string, bigint>();
  for (const { customerNumber, totalAmount } of all) {
    if (customerNumber === undefined) continue;
    const credited = BigInt(totalAmount.replace(/\..*/, ''));
    points.set(customerNumber, (points.get(customerNumber) ?? 0n) + credited);
  }
  const lines = [...points].map(([customer, sum]) => `number:${customer} ${sum}\n`);
  return lines.sort().join('');
}

/** The lines of what a consumer shows, in an order of their own. */
export function sorted(output: string): string {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .sort()
    .join('');
}
