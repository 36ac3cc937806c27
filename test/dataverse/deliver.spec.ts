import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import { createAuthority, type TestAuthority } from './support/certificates.js';
import { claimed, destinationFor, forever, optionsFor, USER } from './support/gateway-side.js';
import { HostileCloud } from './support/hostile-cloud.js';

describe('DataverseDestination', () => {
  let authority: TestAuthority;
  let cloud: HostileCloud;
  let destination: DataverseDestination;

  beforeAll(async () => {
    authority = await createAuthority();
  });

  beforeEach(async () => {
    cloud = await HostileCloud.start(await authority.issue('localhost'));
    destination = await destinationFor(optionsFor(cloud, authority.ca));
  });

  afterEach(async () => {
    destination.close();
    await cloud.stop();
  });

  describe('delivering', () => {
    it('posts the parameters to the custom API, with the event id as tag and the headers Dataverse asks for', async () => {
      const event = await claimed('CustomerPurchase');

      const report = await destination.deliver(event, USER, forever);

      expect(report).toEqual({
        outcome: { kind: 'delivered' },
        httpStatus: 204,
        errorCode: null,
        detail: null,
        serviceRequestId: null,
      });
      const [call] = cloud.calls;
      expect(call?.method).toBe('POST');
      expect(call?.path).toBe(`/api/data/v9.2/contoso_CustomerPurchase?tag=${event.id}`);
      expect(call?.headers).toMatchObject({
        authorization: 'Bearer token-1',
        accept: 'application/json',
        'odata-version': '4.0',
        'odata-maxversion': '4.0',
        'if-none-match': 'null',
        'content-type': 'application/json; charset=utf-8',
        'x-ms-client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(call?.body).toContain(`"EventId":"${event.id}","EventSource":"store-017"`);
      expect(call?.body).toContain('"TotalAmount":24.85,');
    });
  });
});
