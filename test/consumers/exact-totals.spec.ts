import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  amountOf,
  tenThousandthsOf,
} from '../../clients/remote-execution-context/examples/total-per-customer/exact-amount.js';
import { type Purchase, Totals } from '../../clients/remote-execution-context/examples/total-per-customer/totals.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'totals-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** As much as an event can say: 15 digits, 4 decimals. */
const amount = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), fc.integer({ min: 0, max: 9999 }))
  .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(4, '0')}`);
const purchases = fc.uniqueArray(
  fc.record<Purchase>({
    eventId: fc.uuid(),
    customer: fc.constantFrom('number:C-1', 'number:C-2', null),
    currencyCode: fc.constantFrom('EUR', 'JPY', 'BHD'),
    totalAmount: amount,
  }),
  { selector: ({ eventId }) => eventId, maxLength: 40 },
);

function totalsOf(all: readonly Purchase[]) {
  const totals = new Totals(':memory:');
  for (const purchase of all) totals.add(purchase);
  const counted = totals.all();
  totals.close();
  return counted;
}

describe('an exact amount', () => {
  it.each([
    ['24.85', 'EUR', '24.85'],
    ['24.850', 'EUR', '24.85'],
    ['7', 'EUR', '7.00'],
    ['0.0001', 'EUR', '0.0001'],
    ['-0.50', 'EUR', '-0.50'],
    ['-0', 'EUR', '0.00'],
    ['1200', 'JPY', '1200'],
    ['1200.5', 'JPY', '1200.5'],
    ['3.1', 'BHD', '3.100'],
    ['999999999999999.9999', 'EUR', '999999999999999.9999'],
    ['1.00000', 'EUR', '1.00'],
  ])('%s %s is written as %s', (text, currencyCode, written) => {
    expect(amountOf(tenThousandthsOf(text), currencyCode)).toBe(written);
  });

  it.each(['', '1e2', '1,5', '.5', '5.', '0.00001', '--1', 'NaN', ' 1'])('is not %p', (text) => {
    expect(() => tenThousandthsOf(text)).toThrow(RangeError);
  });
});

describe('totals', () => {
  it('are exact where floating point is not', () => {
    const all = Array.from({ length: 10_000 }, (_, nth) => ({
      eventId: `event-${nth}`,
      customer: 'number:C-1',
      currencyCode: 'EUR',
      totalAmount: nth % 2 === 0 ? '0.10' : '90071992547409.93',
    }));
    expect(totalsOf(all)).toEqual([
      { customer: 'number:C-1', currencyCode: 'EUR', purchases: 10_000, totalAmount: '450359962737050150.00' },
    ]);
  });

  it('are the same in whatever order events come, and however often', () => {
    fc.assert(
      fc.property(purchases, fc.infiniteStream(fc.nat()), (all, numbers) => {
        const drawn = () => numbers.next().value ?? 0;
        const again = all.flatMap((purchase) => Array.from({ length: 1 + (drawn() % 3) }, () => purchase));
        const shuffled = again
          .map((purchase) => ({ purchase, place: drawn() }))
          .sort((one, other) => one.place - other.place)
          .map(({ purchase }) => purchase);
        expect(totalsOf(shuffled)).toEqual(totalsOf(all));
      }),
      { numRuns: 50 },
    );
  });

  it('never add up currencies, and keep those apart whom nobody knows', () => {
    const base = { customer: 'number:C-1', currencyCode: 'EUR', totalAmount: '1.00' };
    expect(
      totalsOf([
        { ...base, eventId: '1' },
        { ...base, eventId: '2', currencyCode: 'JPY', totalAmount: '100' },
        { ...base, eventId: '3', customer: null },
        { ...base, eventId: '4', totalAmount: '-3.25' },
      ]),
    ).toEqual([
      { customer: null, currencyCode: 'EUR', purchases: 1, totalAmount: '1.00' },
      { customer: 'number:C-1', currencyCode: 'EUR', purchases: 2, totalAmount: '-2.25' },
      { customer: 'number:C-1', currencyCode: 'JPY', purchases: 1, totalAmount: '100' },
    ]);
  });

  it('outlive the process, and count an event once over it and beside another process', () => {
    const file = join(folder, 'totals.db');
    const purchase = { eventId: '1', customer: 'number:C-1', currencyCode: 'EUR', totalAmount: '24.85' };
    const first = new Totals(file);
    const beside = new Totals(file);
    expect([first.add(purchase), beside.add(purchase)]).toEqual([true, false]);
    first.close();
    beside.close();
    const later = new Totals(file);
    expect(later.add(purchase)).toBe(false);
    expect(later.all()).toMatchObject([{ purchases: 1, totalAmount: '24.85' }]);
    later.close();
  });

  it('refuse what could not be added up before it is stored', () => {
    const totals = new Totals(':memory:');
    const purchase = { eventId: '1', customer: 'number:C-1', currencyCode: 'EUR', totalAmount: '1e2' };
    expect(() => totals.add(purchase)).toThrow(RangeError);
    expect(totals.all()).toEqual([]);
    totals.close();
  });
});
