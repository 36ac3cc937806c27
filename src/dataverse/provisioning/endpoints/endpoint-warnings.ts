import type { WishedEndpoint } from './wished-endpoint.js';

/** Allowed settings that are seldom meant. */
export function endpointWarnings({ name, target }: WishedEndpoint): readonly string[] {
  if (target.kind !== 'webhook') return [];
  const { protocol, hostname } = new URL(target.url);
  return [
    ...(protocol === 'http:' && target.authentication.kind !== 'anonymous'
      ? [`The endpoint '${name}' is called over http: its keys and every event travel in the clear. Use https.`]
      : []),
    ...(target.authentication.kind === 'anonymous'
      ? [`The endpoint '${name}' authenticates nobody: whoever knows its address can send it events.`]
      : []),
    ...(isPrivate(hostname)
      ? [`The endpoint '${name}' is at ${hostname}: Dataverse calls from the cloud and reaches public addresses only.`]
      : []),
  ];
}

/** Names and addresses that have a meaning within one network only. */
function isPrivate(hostname: string): boolean {
  return (
    /^(localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(hostname) ||
    /\.(local|internal|localhost)$/.test(hostname) ||
    !hostname.includes('.')
  );
}
