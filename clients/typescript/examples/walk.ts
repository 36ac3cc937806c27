// Everything a sender does, and what it must see; ends with an assertion where it sees something else. Mistakes that the
// compiler has to find are marked.
import assert from 'node:assert/strict';
import { type EventContents, GatewayClient, InterruptedBatchError, ProblemError } from 'business-events-gateway-client';

const baseUrl = process.env.GATEWAY_URL ?? '';
const gateway = new GatewayClient({ baseUrl, credential: async () => process.env.GATEWAY_API_KEY ?? '' });

const lines = [{ sku: 'TEA-EARL-GREY-100', quantity: '2', unitPrice: '9.95' }];
const purchase = (purchaseId: string) =>
  ({
    purchaseId,
    occurredAt: '2026-11-22T10:00:00Z',
    storeId: 'store-typescript',
    totalAmount: '24.85',
    currencyCode: 'EUR',
  }) satisfies EventContents['CustomerPurchase'];
const invalid = { ...purchase('typescript-2'), email: 'nobody' };
const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => assert.fail('was to be refused'),
    (error: unknown) => (error instanceof ProblemError ? error : assert.fail(String(error))),
  );

const first = await gateway.publish('CustomerPurchase', { ...purchase('typescript-1'), lines, email: null });
assert.equal(first.repeated, false);
console.log('accepted', first.id);
const keyed = await gateway.publish('CustomerPurchase', purchase('typescript-5'), { idempotencyKey: 'ts-key' });
console.log('accepted', keyed.id);

const again = await gateway.publish('CustomerPurchase', { ...purchase('typescript-1'), lines });
assert.deepEqual([again.id, again.repeated], [first.id, true]);
assert.equal((await problemOf(gateway.publish('CustomerPurchase', purchase('typescript-1')))).status, 422);
const { slug, errors } = await problemOf(gateway.publish('CustomerPurchase', invalid));
assert.deepEqual([slug, errors[0]?.pointer], ['invalid-event', '/email']);

const offline = [purchase('typescript-3'), { ...purchase('typescript-1'), lines }, invalid];
const results = await gateway.publishBatch('CustomerPurchase', offline);
assert.deepEqual(
  results.map(({ result }) => result),
  ['accepted', 'repeated', 'refused'],
);
assert.equal(results[2]?.problem?.errors?.[0]?.pointer, '/email');
console.log('accepted', results[0]?.receipt?.id);

const event = await gateway.getEvent(first.id, { include: 'data', waitSeconds: 30 });
assert.deepEqual([event.status, event.orderingKey, event.data?.storeId], ['delivered', null, 'store-typescript']);
const { attempts, receipts } = await gateway.getEventAttempts(first.id);
assert.deepEqual(
  attempts.map(({ outcome, httpStatus }) => [outcome, httpStatus]),
  [['delivered', 204]],
);
// This gateway expects no receipts: none came, and none is missed.
const { events: missed } = await gateway.listEvents({ overdue: 'true' });
assert.deepEqual([event.confirmedAt, receipts, event.overdue, missed], [null, [], false, []]);

const page = await gateway.listEvents({ source: 'store-typescript', limit: 2 });
assert.deepEqual(
  page.events.map(({ key }) => key),
  ['typescript-3', 'ts-key'],
);
const rest = await gateway.listEvents({ source: 'store-typescript', cursor: page.next ?? '' });
assert.deepEqual([rest.events[0]?.id, rest.next], [first.id, null]);
assert.equal((await gateway.summarizeEvents({ source: 'store-typescript' })).total.accepted, 3);
const { eventTypes } = await gateway.listEventTypes();
assert.deepEqual(
  eventTypes.map(({ name }) => name),
  ['CustomerPurchase', 'VendorPaymentPosted'],
);

assert.equal((await problemOf(gateway.getEvent('00000000-0000-0000-0000-000000000000'))).slug, 'not-found');
const stranger = new GatewayClient({ baseUrl: `${baseUrl}/`, credential: 'no-key' });
assert.equal((await problemOf(stranger.listEventTypes())).slug, 'unauthenticated');
const interrupted = await stranger.publishBatch('CustomerPurchase', offline).catch((error: unknown) => error);
assert.ok(interrupted instanceof InterruptedBatchError && interrupted.results.length === 0);

export function mistakes() {
  // @ts-expect-error an amount is a text
  gateway.publish('CustomerPurchase', { ...purchase('x'), totalAmount: 1 });
  // @ts-expect-error there is no such event type
  gateway.publish('CustomerPurchased', purchase('x'));
  // @ts-expect-error the store is missing
  gateway.publish('CustomerPurchase', { ...purchase('x'), storeId: undefined });
  // @ts-expect-error a status is one of the five
  gateway.listEvents({ status: 'lost' });
  // @ts-expect-error a text, and no other than true
  gateway.listEvents({ overdue: 'false' });
}
