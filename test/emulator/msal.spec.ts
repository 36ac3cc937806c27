import { request } from 'node:https';
import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
  type NodeAuthOptions,
} from '@azure/msal-node';
import { describe, expect, it } from '@jest/globals';
import type { Emulator } from '../../src/emulator/emulator.js';
import { DEFAULT_APPLICATION_USER } from '../../src/emulator/emulator-options.js';
import { clientCertificate } from './support/certificate.js';
import { runningEmulator } from './support/running-emulator.js';

/** MSAL's own client, but for the authority that it has to trust. */
function networkClient(ca: string): INetworkModule {
  const send = <T>(method: string, url: string, options: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> => {
    const { promise, resolve, reject } = Promise.withResolvers<NetworkResponse<T>>();
    const outgoing = request(url, { method, ca, headers: options.headers ?? {}, agent: false }, async (response) => {
      let text = '';
      for await (const chunk of response) text += `${chunk}`;
      resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as T, headers: {} });
    });
    outgoing.on('error', reject);
    outgoing.end(options.body);
    return promise;
  };
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

function msal(emulator: Emulator, auth: Omit<NodeAuthOptions, 'clientId'>): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    auth: {
      clientId: DEFAULT_APPLICATION_USER.clientId,
      authority: `${emulator.authorityHost}/${emulator.tenantId}`,
      knownAuthorities: [new URL(emulator.authorityHost).host],
      ...auth,
    },
    system: { networkClient: networkClient(emulator.caCertificate) },
  });
}

describe("Microsoft's own client library", () => {
  it('gets a token by secret, and the token opens the Web API', async () => {
    const { client, emulator } = await runningEmulator();
    const application = msal(emulator, { clientSecret: DEFAULT_APPLICATION_USER.clientSecret });
    const result = await application.acquireTokenByClientCredential({ scopes: [`${emulator.url}/.default`] });
    const headers = { authorization: `Bearer ${result?.accessToken}` };
    expect((await client.send('/api/data/v9.2/WhoAmI', { headers })).status).toBe(200);
  });

  it('gets a token by certificate', async () => {
    const { certificate, privateKey, sha256 } = await clientCertificate();
    const user = { clientId: DEFAULT_APPLICATION_USER.clientId, certificates: [certificate] };
    const { emulator } = await runningEmulator({ applicationUsers: [user] });
    const application = msal(emulator, { clientCertificate: { thumbprintSha256: sha256, privateKey } });
    const result = await application.acquireTokenByClientCredential({ scopes: [`${emulator.url}/.default`] });
    expect(result?.accessToken).toEqual(expect.any(String));
  });

  it('reads the refusal of a wrong secret', async () => {
    const { emulator } = await runningEmulator();
    const application = msal(emulator, { clientSecret: 'wrong' });
    const asking = application.acquireTokenByClientCredential({ scopes: [`${emulator.url}/.default`] });
    await expect(asking).rejects.toMatchObject({ errorCode: 'invalid_client', errorNo: 7000215 });
  });
});
