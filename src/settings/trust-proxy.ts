import { isIP } from 'node:net';

/** Whose `X-Forwarded-*` headers are believed: nobody's, everybody's, or those from these addresses and networks. */
export type TrustedProxies = boolean | readonly string[];

/** Reads TRUST_PROXY; null when it cannot be understood. `on` is for networks only the proxy can reach. */
export function parseTrustProxy(text: string): TrustedProxies | null {
  if (text === 'off') return false;
  if (text === 'on') return true;
  const networks = text.split(',').map((part) => part.trim());
  return networks.every(isNetwork) ? networks : null;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
