import { createPublicKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { Credential } from '../../src/dataverse/credential.js';
import type { DataverseDestination } from '../../src/dataverse/dataverse-destination.js';
import type { CallReport } from '../../src/delivery/destination.js';
import { createClientPem } from './support/certificates.js';
import { always, destinationFor, optionsFor, USER } from './support/gateway-side.js';
import { type HostileCloud, status } from './support/hostile-cloud.js';
import { startTrustedCloud } from './support/trusted-cloud.js';

const MISCONFIGURED = { kind: 'misconfigured', scope: 'user' };

describe('credentials', () => {
  let ca: string;
  let cloud: HostileCloud;
  let folder: string;
  const cleanUp: (() => unknown)[] = [];

  beforeEach(async () => {
    ({ cloud, ca } = await startTrustedCloud());
    folder = await mkdtemp(join(tmpdir(), 'credentials-'));
    cleanUp.push(
      () => cloud.stop(),
      () => rm(folder, { recursive: true }),
    );
  });

  afterEach(async () => {
    for (const end of cleanUp.splice(0).reverse()) await end();
  });

  async function destinationWith(
    credential: Credential,
    clientId: string | null = USER,
  ): Promise<DataverseDestination> {
    const options = optionsFor(cloud, ca, { applicationUsers: [{ clientId, credential }] });
    const destination = await destinationFor(options);
    cleanUp.push(() => destination.close());
    return destination;
  }

  async function probeWith(credential: Credential): Promise<CallReport> {
    return (await destinationWith(credential)).probe(USER, always);
  }

  function form(request: number): URLSearchParams {
    return new URLSearchParams(cloud.tokenRequests[request]?.body);
  }

  describe('a certificate', () => {
    it('signs an assertion that its public key verifies, and travels with it', async () => {
      const path = join(folder, 'client.pem');
      const pem = await createClientPem();
      await writeFile(path, pem);

      expect((await probeWith({ kind: 'certificate', path })).outcome).toEqual({ kind: 'delivered' });

      const assertion = form(0).get('client_assertion') ?? '';
      const own = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE')));
      const { payload } = await jwtVerify(
        assertion,
        createPublicKey(own.publicKey.export({ type: 'spki', format: 'pem' })),
        // MSAL rounds the time to the nearest second, so an assertion may begin in the future.
        { clockTolerance: 1 },
      );
      expect(payload).toMatchObject({ iss: USER, sub: USER, aud: expect.stringContaining('/oauth2/v2.0/token') });
      expect(decodeProtectedHeader(assertion).x5c).toEqual([own.raw.toString('base64')]);
      expect(form(0).get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    });

    it('is read anew for every token: one that was renewed needs no restart', async () => {
      const path = join(folder, 'client.pem');
      const destination = await destinationWith({ kind: 'certificate', path });
      await writeFile(path, await createClientPem());
      await destination.probe(USER, always);
      await writeFile(path, await createClientPem());
      cloud.nextCalls.push(status(401));
      await destination.probe(USER, always);
      const [first, second] = [0, 1].map(
        (request) => decodeProtectedHeader(form(request).get('client_assertion') ?? '').x5c,
      );
      expect(second).not.toEqual(first);
    });

    it.each<readonly [string, () => Promise<string>]>([
      [
        'that holds no key',
        async () => (await createClientPem()).replace(/-----BEGIN PRIVATE[\s\S]+PRIVATE KEY-----/, ''),
      ],
      [
        'that holds no certificate',
        async () => (await createClientPem()).replace(/-----BEGIN CERT[\s\S]+CERTIFICATE-----/, ''),
      ],
      [
        'whose key is of another certificate',
        async () => {
          const [own, other] = [await createClientPem(), await createClientPem()];
          return own.slice(0, own.indexOf('-----BEGIN CERT')) + other.slice(other.indexOf('-----BEGIN CERT'));
        },
      ],
      ['that holds something else', async () => 'hello'],
    ])('in a file %s is misconfigured, and nobody is asked', async (_, content) => {
      const path = join(folder, 'client.pem');
      await writeFile(path, await content());
      expect((await probeWith({ kind: 'certificate', path })).outcome).toEqual(MISCONFIGURED);
      expect(cloud.tokenRequests).toHaveLength(0);
    });
  });

  describe('a federated token', () => {
    it('is read anew for every token', async () => {
      const tokenPath = join(folder, 'token');
      await writeFile(tokenPath, 'first\n');
      const destination = await destinationWith({ kind: 'federated', tokenPath });
      await destination.probe(USER, always);
      await writeFile(tokenPath, 'second\n');
      cloud.nextCalls.push(status(401));
      await destination.probe(USER, always);
      expect([0, 1].map((request) => form(request).get('client_assertion'))).toEqual(['first', 'second']);
    });

    it('whose file is missing is misconfigured, and says why', async () => {
      const report = await probeWith({ kind: 'federated', tokenPath: join(folder, 'missing') });
      expect(report).toMatchObject({ outcome: MISCONFIGURED, errorCode: 'ENOENT', httpStatus: null });
      expect(JSON.stringify(report)).not.toContain(folder);
    });
  });

  describe('a managed identity', () => {
    let asked: { url: string; secret: string | undefined }[];
    let answer: { status: number; body: string };
    let service: http.Server;

    // Once for all: MSAL looks at the environment a single time in the life of a process.
    beforeAll(async () => {
      service = http.createServer((request, response) => {
        asked.push({ url: request.url ?? '', secret: request.headers['x-identity-header']?.toString() });
        response.writeHead(answer.status).end(answer.body);
      });
      service.listen(0, '127.0.0.1');
      await once(service, 'listening');
      const { port } = service.address() as AddressInfo;
      process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${port}/msi/token`;
      process.env.IDENTITY_HEADER = 'machine-secret';
    });

    afterAll(async () => {
      delete process.env.IDENTITY_ENDPOINT;
      delete process.env.IDENTITY_HEADER;
      await new Promise((resolve) => service.close(resolve));
    });

    beforeEach(() => {
      asked = [];
      const expires_on = String(Math.floor(Date.now() / 1000) + 3600);
      answer = {
        status: 200,
        body: JSON.stringify({ access_token: 'of-the-machine', expires_on, token_type: 'Bearer' }),
      };
    });

    it('is asked for a token to the environment, by the client id that chooses it', async () => {
      expect((await probeWith({ kind: 'managed-identity' })).outcome).toEqual({ kind: 'delivered' });
      const query = new URL(asked[0]?.url ?? '', 'http://machine').searchParams;
      expect(query.get('resource')).toBe(cloud.url);
      expect(query.get('client_id')).toBe(USER);
      expect(asked[0]?.secret).toBe('machine-secret');
      expect(cloud.bearers).toEqual(['Bearer of-the-machine']);
    });

    it('needs no client id where the machine has but one', async () => {
      const destination = await destinationWith({ kind: 'managed-identity' }, null);
      const [name = ''] = destination.applicationUsers;
      expect(name).toBe('managed-identity');
      expect((await destination.probe(name, always)).outcome).toEqual({ kind: 'delivered' });
      expect(asked[0]?.url).not.toContain('client_id');
    });

    it('is asked again after its token was refused', async () => {
      cloud.nextCalls.push(status(401));
      expect((await probeWith({ kind: 'managed-identity' })).outcome).toEqual({ kind: 'delivered' });
      expect(asked).toHaveLength(2);
    });

    it.each<readonly [string, number, string, object]>([
      ['unavailable where its service fails', 500, '{"error":"x"}', { kind: 'unavailable' }],
      ['misconfigured where the machine has none', 400, '{"error":"invalid_request"}', MISCONFIGURED],
    ])('is %s, without repeats of MSAL', async (_, code, body, outcome) => {
      answer = { status: code, body };
      expect((await probeWith({ kind: 'managed-identity' })).outcome).toEqual(outcome);
      expect(asked).toHaveLength(1);
    });
  });
});
