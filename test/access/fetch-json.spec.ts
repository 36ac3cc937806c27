import { once } from 'node:events';
import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fetchJson } from '../../src/access/oidc/fetch-json.js';
import { createAuthority, type TestAuthority } from '../dataverse/support/certificates.js';

let authority: TestAuthority;
let server: Server;
let url: URL;
beforeAll(async () => {
  authority = await createAuthority();
  server = createServer(await authority.issue('localhost'), (request, response) => {
    response.write('{"keys":');
    // What follows never comes, unless it was asked for.
    if (request.url === '/whole') response.end('[]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = new URL(`https://localhost:${(server.address() as AddressInfo).port}/whole`);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function get(address: URL, agent: Agent, signal = AbortSignal.timeout(10_000)): Promise<unknown> {
  return fetchJson(address, { agent, signal, maxBytes: 100 });
}

describe('a document of an issuer', () => {
  it('is read over https from whom the certificate is trusted', async () => {
    expect(await get(url, new Agent({ ca: authority.ca }))).toEqual({ keys: [] });
  });

  it('is not read from anybody else', async () => {
    await expect(get(url, new Agent())).rejects.toThrow(/^it cannot be reached \([A-Z_]+\)$/);
    const other = new URL(url.href.replace('localhost', '127.0.0.1'));
    const agent = new Agent({ ca: authority.ca });
    await expect(get(other, agent)).rejects.toThrow('it cannot be reached (ERR_TLS_CERT_ALTNAME_INVALID)');
  });

  it('is given up when its end does not come in time', async () => {
    const half = new URL('/half', url);
    const signal = AbortSignal.timeout(300);
    await expect(get(half, new Agent({ ca: authority.ca }), signal)).rejects.toThrow('it did not answer in time');
  });
});
