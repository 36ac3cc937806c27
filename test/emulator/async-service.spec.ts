import { describe, expect, it } from '@jest/globals';
import { PURCHASE, PURCHASE_BODY } from './support/purchase-api.js';
import { jobsOf, withWebhook } from './support/webhooks.js';

describe('the asynchronous service', () => {
  it('posts the event to the webhook of a step and keeps a system job that succeeded', async () => {
    const { emulator, client, shop, stepId } = await withWebhook();
    expect((await client.call(PURCHASE.uniqueName, PURCHASE_BODY)).status).toBe(204);
    await emulator.asyncService.whenIdle();
    expect(shop.seen).toHaveLength(1);
    expect(shop.seen[0]).toMatchObject({ method: 'POST', url: '/hook', headers: { 'x-key': 'hunter2' } });
    const [job] = jobsOf(emulator);
    expect(job).toMatchObject({ statecode: 3, statuscode: 30, owningextensionid: stepId });
    expect(JSON.parse(shop.seen[0]?.body ?? '')).toMatchObject({
      MessageName: PURCHASE.uniqueName,
      OperationId: job?.asyncoperationid,
      OwningExtension: { Id: stepId },
    });
  });
});
