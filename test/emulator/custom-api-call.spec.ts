import { describe, expect, it } from '@jest/globals';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { PURCHASE_BODY } from './support/purchase-api.js';
import { runningEmulator } from './support/running-emulator.js';

describe('a call of a custom API', () => {
  it('is answered with 204 and nothing that a row would have', async () => {
    const { client } = await runningEmulator();
    const reply = await client.call('contoso_CustomerPurchase', PURCHASE_BODY);
    expect([reply.status, reply.body]).toEqual([204, '']);
    expect(reply.headers).toMatchObject({ 'odata-version': '4.0', 'x-ms-dop-hint': '10' });
    for (const absent of ['content-type', 'content-length', 'location', 'odata-entityid']) {
      expect(reply.headers).not.toHaveProperty(absent);
    }
  });

  it('is kept with every digit, its tag, its sender and its trace', async () => {
    const { client, emulator } = await runningEmulator();
    await client.call('contoso_CustomerPurchase?tag=event%2F1', PURCHASE_BODY, { traceparent: '00-a-b-01' });
    expect(emulator.received()).toEqual([
      expect.objectContaining({
        sequence: 1,
        applicationUser: DEFAULT_APPLICATION_USER.clientId,
        customApi: 'contoso_CustomerPurchase',
        parameters: { EventId: '0199d1a2-0000-7000-8000-000000000001', TotalAmount: '24.850' },
        rawBody: PURCHASE_BODY,
        tag: 'event/1',
        headers: { traceparent: '00-a-b-01' },
        batchId: null,
        committed: true,
        webServer: 0,
      }),
    ]);
  });
});
