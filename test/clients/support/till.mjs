// Publishes events one by one, by four hands at once, and as many in batches beside them; prints key and id of each.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { resolve } = createRequire(`${process.env.PROJECT}/`);
const { GatewayClient } = await import(pathToFileURL(resolve('business-events-gateway-client')).href);
const gateway = new GatewayClient({
  baseUrl: process.env.GATEWAY_URL,
  credential: process.env.GATEWAY_API_KEY,
  deadlineMs: 110_000,
  firstPauseMs: 50,
  longestPauseMs: 500,
});
const events = Number(process.env.EVENTS);
const HANDS = 4;
const BATCH = 20;

await Promise.all([batches(), ...Array.from({ length: HANDS }, (_, hand) => singles(hand))]);

async function singles(hand) {
  for (let n = hand; n < events; n += HANDS) {
    const event = purchase(`single-${n}`);
    const { id } = await gateway.publish('CustomerPurchase', event);
    process.stdout.write(`${event.purchaseId} ${id}\n`);
  }
}

async function batches() {
  for (let first = 0; first < events; first += BATCH) {
    const some = Array.from({ length: BATCH }, (_, n) => purchase(`batch-${first + n}`));
    const results = await gateway.publishBatch('CustomerPurchase', some);
    for (const [n, { receipt }] of results.entries()) process.stdout.write(`${some[n].purchaseId} ${receipt.id}\n`);
  }
}

function purchase(purchaseId) {
  return {
    purchaseId,
    occurredAt: '2026-11-22T10:00:00Z',
    storeId: 'store-017',
    totalAmount: '24.85',
    currencyCode: 'EUR',
  };
}
