import { Server } from 'node:https';
import type { HttpExposure } from './http-server.js';

/** Gives a running https server another certificate; connections that are open keep the old one. */
export function renewCertificate(server: unknown, { certificate, key }: NonNullable<HttpExposure['tls']>): void {
  if (!(server instanceof Server)) throw new Error('a certificate for a server that speaks no TLS');
  server.setSecureContext({ cert: certificate, key, minVersion: 'TLSv1.2' });
}
