import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CertificateRenewal } from '../../src/certificate-renewal.js';
import { renewCertificate } from '../../src/http/renew-certificate.js';
import { createLogger } from '../../src/operations/log/logger.js';
import { readCertificate } from '../../src/settings/read-settings.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';
import { certificateAndKey } from '../settings/support/certificate.js';

let folder: string;
let environment: Record<string, string>;
let app: IngestApp;
let renewal: CertificateRenewal;
let lines: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tls-'));
  environment = { TLS_CERT_PATH: join(folder, 'tls.crt'), TLS_KEY_PATH: join(folder, 'tls.key') };
  await put(await certificateAndKey());
  const initial = readCertificate(environment);
  if (initial === null) throw new Error('no certificate');
  app = await startIngestApp({ tls: initial });
  lines = [];
  renewal = new CertificateRenewal({
    initial,
    read: () => readCertificate(environment),
    use: (tls) => renewCertificate(app.app.getHttpServer(), tls),
    logger: createLogger({ level: 'info', to: { write: (line) => void lines.push(JSON.parse(line).msg) } }),
  });
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

type Pair = Awaited<ReturnType<typeof certificateAndKey>>;

async function put({ certificate, key }: Partial<Pair>): Promise<void> {
  if (certificate !== undefined) await writeFile(join(folder, 'tls.crt'), certificate);
  if (key !== undefined) await writeFile(join(folder, 'tls.key'), key);
}

/** The fingerprint of what a new connection is shown. */
function shown(): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({ port: app.port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
    resolve(socket.getPeerCertificate().fingerprint256);
    socket.destroy();
  });
  socket.on('error', reject);
  return promise;
}

describe('a certificate that was renewed on disk', () => {
  it('is shown to new connections once both files belong together', async () => {
    const before = await shown();
    const { certificate, key } = await certificateAndKey();
    await put({ certificate });
    renewal.look();
    renewal.look();
    expect(await shown()).toBe(before);
    await put({ key });
    renewal.look();
    renewal.look();
    expect(await shown()).not.toBe(before);
    expect(lines).toEqual(['tls.not-renewed', 'tls.renewed']);
  });

  it('leaves the old one in use where a file is gone', async () => {
    const before = await shown();
    await rm(join(folder, 'tls.key'));
    renewal.look();
    expect(await shown()).toBe(before);
    expect(lines).toEqual(['tls.not-renewed']);
  });

  it('is not looked for by a server that speaks no TLS', () => {
    expect(() => renewCertificate({}, { certificate: '', key: '' })).toThrow('speaks no TLS');
  });
});
