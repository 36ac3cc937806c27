import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { purchaseOf } from '../support/purchase-load.js';
import { RunningGateway } from '../support/running-gateway.js';
import { until } from '../support/until.js';

describe('a gateway whose Dataverse and Entra cannot be reached', () => {
  let environment: Environment;
  let gateway: RunningGateway;

  beforeEach(async () => {
    environment = await createEnvironment();
  });

  afterEach(async () => {
    await gateway.stop();
    await environment.remove();
  });

  it('accepts all the same, is ready, and says which gate is closed', async () => {
    await environment.emulator.stop();
    gateway = await RunningGateway.start(environment);
    const { status, body } = await gateway.publish('customer-purchase', purchaseOf('away-1'));

    expect(status).toBe(202);
    expect((await gateway.get('/health/ready')).status).toBe(200);
    const attempts = async () => (await gateway.get(`/v1/events/${body.id}/attempts`)).body.attempts as unknown[];
    await until(async () => (await attempts()).length > 0);
    expect(await attempts()).toMatchObject([{ outcome: 'unavailable', counted: false }]);
    expect((await gateway.get(`/v1/events/${body.id}`)).body).toMatchObject({ status: 'pending', attemptCount: 0 });
  });

  it('delivers once they are back', async () => {
    environment.emulator.fault({ kind: 'status', status: 503, match: { target: 'token' }, times: null });
    gateway = await RunningGateway.start(environment);
    const { body } = await gateway.publish('customer-purchase', purchaseOf('away-2'));
    await until(async () => environment.emulator.requests().length > 0);
    environment.emulator.clearFaults();

    const [call] = await environment.emulator.whenReceived(1, 15_000);
    expect(call?.tag).toBe(body.id);
  });
});
