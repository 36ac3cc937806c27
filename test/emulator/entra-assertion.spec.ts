import { describe, expect, it } from '@jest/globals';
import { importPKCS8, SignJWT } from 'jose';
import { clientCertificate } from './support/certificate.js';
import type { Client } from './support/client.js';
import { runningEmulator } from './support/running-emulator.js';

const CLIENT_ID = 'bbbbbbbb-0000-4000-8000-000000000001';
const FEDERATED = { issuer: 'https://cluster.example', subject: 'system:serviceaccount:shop:gateway' };

async function signed(claims: Record<string, unknown>, privateKey: string, alg = 'PS256'): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(await importPKCS8(privateKey, alg));
}

function askWith(client: Client, assertion: string): ReturnType<Client['askToken']> {
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  return client.askToken({
    client_id: CLIENT_ID,
    client_secret: null,
    client_assertion: assertion,
    client_assertion_type: type,
  });
}

/** Seconds from now, as claims count. */
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

describe('a client assertion signed with the registered certificate', () => {
  it.each(['PS256', 'RS256'])('stands for the application under %s', async (alg) => {
    const { certificate, privateKey } = await clientCertificate();
    const applicationUsers = [{ clientId: CLIENT_ID, certificates: [certificate] }];
    const { client, emulator } = await runningEmulator({ applicationUsers });
    const aud = `${emulator.url}/${emulator.tenantId}/oauth2/v2.0/token`;
    const claims = { iss: CLIENT_ID, sub: CLIENT_ID, aud, exp: inSeconds(60), nbf: inSeconds(0) };
    expect((await askWith(client, await signed(claims, privateKey, alg))).status).toBe(200);
  });

  it.each([
    ['for another audience', { aud: 'https://other.example' }, 700023],
    ['about another application', { sub: 'another' }, 700021],
    ['from an unknown issuer', { iss: 'https://unknown.example' }, 700213],
    ['that is over', { exp: inSeconds(-301) }, 700024],
    ['without an end', { exp: undefined }, 700024],
    ['of the future', { nbf: inSeconds(400) }, 700024],
  ])('is refused %s', async (_what, changed, code) => {
    const { certificate, privateKey } = await clientCertificate();
    const applicationUsers = [{ clientId: CLIENT_ID, certificates: [certificate] }];
    const { client, emulator } = await runningEmulator({ applicationUsers });
    const aud = `${emulator.url}/${emulator.tenantId}/v2.0`;
    const claims = { iss: CLIENT_ID, sub: CLIENT_ID, aud, exp: inSeconds(60), ...changed };
    const reply = await askWith(client, await signed(claims, privateKey));
    expect([reply.status, reply.json().error_codes]).toEqual([401, [code]]);
  });

  it('is refused with the key of another certificate', async () => {
    const [mine, others] = await Promise.all([clientCertificate(), clientCertificate()]);
    const applicationUsers = [{ clientId: CLIENT_ID, certificates: [mine.certificate] }];
    const { client, emulator } = await runningEmulator({ applicationUsers });
    const aud = `${emulator.url}/${emulator.tenantId}/v2.0`;
    const claims = { iss: CLIENT_ID, sub: CLIENT_ID, aud, exp: inSeconds(60) };
    const reply = await askWith(client, await signed(claims, others.privateKey));
    expect([reply.status, reply.json().error_codes]).toEqual([401, [700027]]);
  });

  it('is refused when it is no JWT at all', async () => {
    const { client } = await runningEmulator({ applicationUsers: [{ clientId: CLIENT_ID }] });
    expect((await askWith(client, 'nonsense')).json().error_codes).toEqual([50027]);
  });
});

describe('a federated assertion', () => {
  it.each([
    ['that fits', {}, 200],
    ['of another subject', { sub: 'another' }, 401],
    ['for another audience', { aud: 'api://other' }, 401],
  ])('%s is answered with its status', async (_what, changed, status) => {
    const { privateKey } = await clientCertificate();
    const applicationUsers = [{ clientId: CLIENT_ID, federatedCredentials: [FEDERATED] }];
    const { client } = await runningEmulator({ applicationUsers });
    const aud = 'api://AzureADTokenExchange';
    const claims = { iss: FEDERATED.issuer, sub: FEDERATED.subject, aud, exp: inSeconds(60), ...changed };
    expect((await askWith(client, await signed(claims, privateKey))).status).toBe(status);
  });
});
