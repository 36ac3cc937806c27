import { createPrivateKey, X509Certificate } from 'node:crypto';

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----[^-]+-----END (?:RSA |EC )?PRIVATE KEY-----/;

export interface ClientCertificate {
  readonly privateKey: string;
  /** SHA-256 of the certificate, hex. */
  readonly thumbprintSha256: string;
  /** Certificate and chain: lets Entra trust by subject name and issuer, so that renewed certificates need no upload. */
  readonly x5c: string;
}

/** Reads a PEM file. Throws when key or certificate is missing, or they do not belong together. */
export function parseClientCertificate(pem: string): ClientCertificate {
  const certificates = pem.match(CERTIFICATES) ?? [];
  const [privateKey] = pem.match(PRIVATE_KEY) ?? [];
  const [own] = certificates;
  if (own === undefined) throw new Error('the PEM file holds no certificate');
  if (privateKey === undefined) throw new Error('the PEM file holds no unencrypted private key');
  const certificate = new X509Certificate(own);
  if (!certificate.checkPrivateKey(createPrivateKey(privateKey))) {
    throw new Error('the first certificate in the PEM file does not belong to its private key');
  }
  const thumbprintSha256 = certificate.fingerprint256.replaceAll(':', '');
  return { privateKey, thumbprintSha256, x5c: certificates.join('\n') };
}
