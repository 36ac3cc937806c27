import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;

export interface KeyAndCertificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority that lives as long as a test file. */
export interface TestAuthority {
  readonly ca: string;
  /** A server certificate for a host name; expired a day ago on request. */
  issue(host: string, options?: { readonly expired?: boolean }): Promise<KeyAndCertificate>;
}

export async function createAuthority(name = 'Test CA'): Promise<TestAuthority> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const now = Date.now();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(now - 3 * DAY_MS),
    notAfter: new Date(now + DAY_MS),
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return {
    ca: authority.toString('pem'),
    issue: async (host, options = {}) => {
      const own = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
      const certificate = await x509.X509CertificateGenerator.create({
        subject: `CN=${host}`,
        issuer: authority.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        notBefore: new Date(now - 2 * DAY_MS),
        notAfter: new Date(options.expired === true ? now - DAY_MS : now + DAY_MS),
        extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
      });
      return { key: await pemOf(own.privateKey), cert: certificate.toString('pem') };
    },
  };
}

async function pemOf(key: Parameters<typeof crypto.subtle.exportKey>[1]): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** A PEM file's content as an application user would have it: an RSA key, as Entra requires, and its certificate. */
export async function createClientPem(): Promise<string> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=gateway',
    keys,
    signingAlgorithm: algorithm,
  });
  return `${await pemOf(keys.privateKey)}\n${certificate.toString('pem')}\n`;
}
