import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';
import { until } from '../support/until.js';

const LIMIT = 5;
const GATE_PATH = `/v1/gates/${encodeURIComponent('type:CustomerPurchase')}`;

let environment: Environment;
let gateway: RunningGateway;
beforeEach(async () => {
  environment = await createEnvironment();
  gateway = await RunningGateway.start(environment, { BACKLOG_LIMIT: `${LIMIT}` });
});
afterEach(async () => {
  await gateway.stop();
  await environment.remove();
});

function publish(purchaseId: string) {
  return gateway.publish('customer-purchase', purchaseOf(purchaseId));
}

describe('a backlog at its limit', () => {
  it('refuses new events, answers repeats, stays ready, and takes events again once there is room', async () => {
    await gateway.operate('PUT', GATE_PATH, { paused: true, reason: 'maintenance' });
    for (let n = 0; n < LIMIT; n++) expect((await publish(`waiting-${n}`)).status).toBe(202);

    const refused = await publish('too-many');
    expect(refused).toMatchObject({ status: 503, body: { type: '/problems/backlog-full' } });
    expect(refused.headers.get('retry-after')).toBe('15');
    const again = await publish('waiting-0');
    expect(again.status).toBe(202);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await gateway.get('/health/ready')).status).toBe(200);

    await gateway.operate('PUT', GATE_PATH, { paused: false, reason: 'done' });
    await until(async () => (await publish('too-many')).status === 202);
    await until(() => environment.emulator.receivedCount === LIMIT + 1);
  }, 120_000);
});
