import { once } from 'node:events';
import { get } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientCertificate } from '../emulator/support/certificate.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { rawHttp } from './support/raw-http.js';

let app: IngestApp;
beforeAll(async () => {
  const { certificate, privateKey } = await clientCertificate();
  app = await startIngestApp({ tls: { certificate, key: privateKey } });
});
afterAll(() => app.close());

describe('a gateway with a certificate', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('serves %s', async (version) => {
    const options = { rejectUnauthorized: false, minVersion: version, maxVersion: version, agent: false as const };
    const [response] = await once(get({ port: app.port, path: '/openapi.json', ...options }), 'response');
    response.resume();
    expect(response.statusCode).toBe(200);
  });

  it('refuses what is older', async () => {
    const options = { rejectUnauthorized: false, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', agent: false } as const;
    await expect(
      once(get({ port: app.port, path: '/', ciphers: 'ALL:@SECLEVEL=0', ...options }), 'response'),
    ).rejects.toThrow();
  });

  it('speaks no plain HTTP', async () => {
    const answers = await rawHttp(app.port, 'GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n').catch(() => []);
    expect(answers.filter(({ status }) => status === 200)).toEqual([]);
  });
});
