import { GatewayClient } from 'business-events-gateway-client';

const gateway = new GatewayClient({
  baseUrl: process.env.GATEWAY_URL ?? 'http://localhost:3000',
  credential: process.env.GATEWAY_API_KEY ?? '',
});

const { id } = await gateway.publish('VendorPaymentPosted', {
  paymentId: 'PAY-2026-004711',
  occurredAt: '2026-11-22T09:30:00Z',
  vendorNumber: 'V-20481',
  companyCode: 'DE01',
  amount: '18250.00',
  currencyCode: 'EUR',
});
console.log('accepted', id);

const event = await gateway.getEvent(id, { waitSeconds: 30 });
console.log(event.status, event.deliveredAt, event.confirmedAt);

const { attempts, receipts } = await gateway.getEventAttempts(id);
for (const { number, outcome, startedAt } of attempts) console.log(number, outcome, startedAt);
for (const { result, channel, receivedAt } of receipts) console.log(result, channel, receivedAt);

const { total } = await gateway.summarizeEvents({ source: 'DE01', timeZone: 'Europe/Berlin' });
console.log(`${total.delivered} of ${total.accepted} delivered, ${total.confirmed} confirmed`);

const overdue = await gateway.listEvents({ overdue: 'true', source: 'DE01' });
for (const { key, deliveredAt } of overdue.events) console.log('delivered, overdue:', key, deliveredAt);
