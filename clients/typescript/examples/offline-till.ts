import { type EventContents, GatewayClient } from 'business-events-gateway-client';

const gateway = new GatewayClient({
  baseUrl: process.env.GATEWAY_URL ?? 'http://localhost:3000',
  credential: process.env.GATEWAY_API_KEY ?? '',
  deadlineMs: 5 * 60_000,
});

/** What the till kept while it had no network: any number of purchases, read one by one. */
async function* kept(): AsyncGenerator<EventContents['CustomerPurchase']> {
  for (let receipt = 1; receipt <= 1_200; receipt += 1) {
    yield {
      purchaseId: `S018-T1-${receipt}`,
      occurredAt: '2026-11-22T10:00:00Z',
      storeId: 'store-018',
      totalAmount: '24.85',
      currencyCode: 'EUR',
    };
  }
}

for await (const { result, receipt, problem } of gateway.publishStream('CustomerPurchase', kept())) {
  // In the order of the purchases: this is where the till forgets one, or puts it aside for a person.
  if (result === 'refused') console.error('put aside:', problem?.errors);
  else console.log('accepted', receipt?.id);
}
