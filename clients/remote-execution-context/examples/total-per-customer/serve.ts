import { isSame, webhookServer } from '../webhook-server.js';
import { receivePurchase } from './receive-purchase.js';
import { Totals } from './totals.js';

const key = process.env.TOTALS_KEY ?? '';
if (key === '') throw new Error('TOTALS_KEY is missing: what Dataverse sends in the header x-api-key');

const totals = new Totals(process.env.TOTALS_FILE ?? 'totals.db');
const server = webhookServer({
  admits: (_url, headers) => isSame(key, headers.get('x-api-key')),
  receive: (request) => receivePurchase(request, totals),
});
server.listen(Number(process.env.PORT ?? 7072), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  process.stdout.write(`listening on http://127.0.0.1:${port}\n`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close(() => totals.close()));
