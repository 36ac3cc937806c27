import { once } from 'node:events';
import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readIssuer } from '../../src/access/oidc/read-issuer.js';
import { createAuthority, type TestAuthority } from '../dataverse/support/certificates.js';
import { OidcIssuer } from '../support/oidc-issuer.js';

let authority: TestAuthority;
/** What listens on this machine beside the gateway, and would give keys to anybody. */
let local: OidcIssuer;
let server: Server;
let issuer: string;
let keysAt: string;
beforeAll(async () => {
  authority = await createAuthority();
  local = await OidcIssuer.start();
  server = createServer(await authority.issue('localhost'), (request, response) => {
    const isDiscovery = request.url?.endsWith('openid-configuration') === true;
    response.end(JSON.stringify(isDiscovery ? { issuer, jwks_uri: keysAt } : { keys: [{ kty: 'RSA' }] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  await local.close();
});

function read() {
  return readIssuer({ issuer, agent: new Agent({ ca: authority.ca }), signal: AbortSignal.timeout(10_000) });
}

describe('an issuer over https', () => {
  it('has its keys read where it says', async () => {
    keysAt = `${issuer}/keys`;
    expect(await read()).toEqual({ keys: [{ kty: 'RSA' }] });
  });

  it('cannot send the gateway to what listens on its own machine', async () => {
    keysAt = `${local.url}/keys`;
    await expect(read()).rejects.toThrow('its discovery document names no https address of its keys');
    expect(local.requests).toEqual([]);
  });
});
