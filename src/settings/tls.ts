import { createSecureContext } from 'node:tls';
import type { HttpSettings } from './gateway-settings.js';
import type { SettingFault } from './settings.error.js';
import { readTextFile } from './text-file.js';
import type { HttpVariables } from './variables/http-variables.js';

export interface ReadTls {
  readonly tls: HttpSettings['tls'];
  readonly faults: readonly SettingFault[];
}

/** Reads certificate and key: both or neither, readable, and belonging to each other. */
export function readTls({ TLS_CERT_PATH: certPath, TLS_KEY_PATH: keyPath }: HttpVariables): ReadTls {
  if (certPath === null && keyPath === null) return { tls: null, faults: [] };
  if (certPath === null || keyPath === null) return half(certPath === null ? 'TLS_CERT_PATH' : 'TLS_KEY_PATH');
  const certificate = readTextFile(certPath);
  const key = readTextFile(keyPath);
  if (certificate.kind === 'text' && key.kind === 'text') return pair(certificate.text, key.text);
  const faults = [
    ...(certificate.kind === 'unreadable' ? [unreadable('TLS_CERT_PATH', certificate.code)] : []),
    ...(key.kind === 'unreadable' ? [unreadable('TLS_KEY_PATH', key.code)] : []),
  ];
  return { tls: null, faults };
}

function pair(certificate: string, key: string): ReadTls {
  try {
    createSecureContext({ cert: certificate, key });
    return { tls: { certificate, key }, faults: [] };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const detail = `and TLS_KEY_PATH must name a PEM certificate and the key that belongs to it (${code})`;
    return { tls: null, faults: [{ name: 'TLS_CERT_PATH', detail }] };
  }
}

function half(missing: string): ReadTls {
  return {
    tls: null,
    faults: [{ name: missing, detail: 'is missing: certificate and key are set together or not at all' }],
  };
}

function unreadable(name: string, code: string): SettingFault {
  return { name, detail: `names a file that cannot be read (${code})` };
}
