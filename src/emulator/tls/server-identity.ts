import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { createCertificateAuthority, issueServerCertificate, type KeyPairPem } from './certificate-authority.js';

/** What the listener shows, and what clients need to believe it. */
export interface ServerIdentity {
  readonly server: KeyPairPem;
  /** The authority's certificate, PEM. */
  readonly caCertificate: string;
  /** Where the authority's certificate stands as a file, or null without a folder. */
  readonly caCertificatePath: string | null;
}

/** Names every emulator answers to. */
export const LOOPBACK_NAMES: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/**
 * The identity for the loopback names and `hostNames`. With a folder the authority is the one of the last start, so
 * that clients that trust it go on trusting; the server's own certificate is new each time.
 */
export async function obtainServerIdentity(
  folder: string | null,
  hostNames: readonly string[],
): Promise<ServerIdentity> {
  const authority = folder === null ? await createCertificateAuthority() : await keptAuthority(folder);
  const names = [...new Set([...LOOPBACK_NAMES, ...hostNames])];
  const server = await issueServerCertificate(
    authority,
    names.map((name) => ({ type: isIP(name) === 0 ? 'dns' : 'ip', value: name })),
  );
  return {
    server,
    caCertificate: authority.certificate,
    caCertificatePath: folder === null ? null : join(folder, 'ca.pem'),
  };
}

async function keptAuthority(folder: string): Promise<KeyPairPem> {
  const [certificatePath, keyPath] = [join(folder, 'ca.pem'), join(folder, 'ca-key.pem')];
  const kept = await Promise.all([read(certificatePath), read(keyPath)]);
  if (kept[0] !== null && kept[1] !== null) return { certificate: kept[0], privateKey: kept[1] };
  const made = await createCertificateAuthority();
  await mkdir(folder, { recursive: true });
  await writeFile(keyPath, made.privateKey, { mode: 0o600 });
  await writeFile(certificatePath, made.certificate);
  return made;
}

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
