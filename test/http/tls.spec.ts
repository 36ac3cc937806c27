import { once } from 'node:events';
import { get } from 'node:https';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HTTP_LIMITS } from '../../src/http/http-limits.js';
import { clientCertificate } from '../emulator/support/certificate.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { rawHttp } from './support/raw-http.js';

let app: IngestApp;
let tls: { readonly certificate: string; readonly key: string };
beforeAll(async () => {
  const { certificate, privateKey } = await clientCertificate();
  tls = { certificate, key: privateKey };
  app = await startIngestApp({ tls });
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

  it('closes a connection that never begins to speak TLS as soon as one that never sends headers', async () => {
    const impatient = await startIngestApp({ tls, limits: { headersTimeout: 150 } });
    // Well within the two minutes that silence may last while an answer is under way.
    await once(connect(impatient.port, '127.0.0.1'), 'close');
    await impatient.close();
  });

  it('closes a connection that a probe opens and closes at once', async () => {
    const begunAt = performance.now();
    const probe = connect({ port: app.port, host: '127.0.0.1', allowHalfOpen: true }).end().resume();
    await once(probe, 'end');
    probe.destroy();
    expect(performance.now() - begunAt).toBeLessThan(HTTP_LIMITS.headersTimeout);
  });
});
