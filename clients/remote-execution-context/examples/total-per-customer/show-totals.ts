import { Totals } from './totals.js';

// May run beside the consumer: `node total-per-customer/show-totals.js`.
const totals = new Totals(process.env.TOTALS_FILE ?? 'totals.db');
for (const { customer, currencyCode, purchases, totalAmount } of totals.all()) {
  process.stdout.write(`${customer ?? 'nobody'} ${totalAmount} ${currencyCode} (${purchases})\n`);
}
totals.close();
