import { GatewayClient, ProblemError } from 'business-events-gateway-client';

const gateway = new GatewayClient({
  baseUrl: process.env.GATEWAY_URL ?? 'http://localhost:3000',
  credential: process.env.GATEWAY_API_KEY ?? '',
});

try {
  const receipt = await gateway.publish('CustomerPurchase', {
    purchaseId: 'typescript-first-event',
    occurredAt: '2026-11-22T10:00:00Z',
    storeId: 'store-017',
    totalAmount: '24.85',
    currencyCode: 'EUR',
  });
  console.log('accepted', receipt.id);
} catch (error) {
  if (error instanceof ProblemError) console.error(error.slug, error.errors);
  throw error;
}
