import { createAuthority, type KeyAndCertificate } from './certificates.js';
import { HostileCloud } from './hostile-cloud.js';

interface Trust {
  readonly ca: string;
  readonly certificate: KeyAndCertificate;
}

/** Made once for all clouds of a test file. */
let trust: Promise<Trust> | null = null;

/** A new cloud at `localhost`, and the authority that vouches for it, as PEM. */
export async function startTrustedCloud(): Promise<{ readonly cloud: HostileCloud; readonly ca: string }> {
  trust ??= createTrust();
  const { ca, certificate } = await trust;
  return { cloud: await HostileCloud.start(certificate), ca };
}

async function createTrust(): Promise<Trust> {
  const authority = await createAuthority();
  return { ca: authority.ca, certificate: await authority.issue('localhost') };
}
