import tls from 'node:tls';

/**
 * Lets this process trust an authority, as NODE_EXTRA_CA_CERTS would have at its start: for command lines that are run
 * within a test's process. The function it returns takes that back.
 */
export function trust(ca: string): () => void {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, ca]);
  return () => tls.setDefaultCACertificates(before);
}
