import type { Agent } from 'node:https';
import type { JSONWebKeySet, JWK } from 'jose';
import { fetchJson } from './fetch-json.js';
import { IssuerError } from './issuer.error.js';

/** Entra's are 2 and 20 KiB. */
const MAX_BYTES = 512 * 1024;

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

export interface IssuerRequest {
  readonly issuer: string;
  readonly agent: Agent;
  readonly signal: AbortSignal;
}

/** Reads the signing keys of an issuer, perhaps none, by way of its discovery document. Throws `IssuerError`. */
export async function readIssuer({ issuer, agent, signal }: IssuerRequest): Promise<JSONWebKeySet> {
  const options = { agent, signal, maxBytes: MAX_BYTES };
  const address = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const discovery = memberOf(await fetchJson(address, options));
  // Required by OpenID Connect Discovery 1.0 (4.3): otherwise one tenant could speak for another.
  if (discovery('issuer') !== issuer) throw new IssuerError('its discovery document is that of another issuer');
  const isLocal = address.protocol === 'http:';
  const keys = memberOf(await fetchJson(keysAddress(discovery('jwks_uri'), isLocal), options))('keys');
  if (!Array.isArray(keys)) throw new IssuerError('its answer is no key set');
  return { keys: keys.filter(isSigningKey) };
}

/**
 * Https; plain http only where the issuer itself is on this machine: no other issuer may send us to what listens here.
 */
function keysAddress(given: unknown, isLocal: boolean): URL {
  const url = typeof given === 'string' ? URL.parse(given) : null;
  const isSafe =
    url?.protocol === 'https:' || (isLocal && url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (url === null || !isSafe) throw new IssuerError('its discovery document names no https address of its keys');
  return url;
}

function memberOf(document: unknown): (name: string) => unknown {
  if (!isObject(document)) throw new IssuerError('its answer is no JSON object');
  return (name) => (Object.hasOwn(document, name) ? document[name] : undefined);
}

function isSigningKey(key: unknown): key is JWK {
  return isObject(key) && ['RSA', 'EC', 'OKP'].includes(String(key.kty)) && (key.use ?? 'sig') === 'sig';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
