import type { ListenerCause } from './listener-journal.js';

/** Why the bus gave no messages. */
export interface BusFailure {
  readonly cause: ListenerCause;
  readonly detail: string;
}

/** `code` of the SDK's ServiceBusError; every code that is missing here is temporary. */
const CAUSES: Readonly<Record<string, ListenerCause>> = {
  UnauthorizedAccess: 'unauthorized',
  MessagingEntityNotFound: 'entity-missing',
  MessagingEntityDisabled: 'entity-disabled',
};
const LONGEST_DETAIL = 300;

/**
 * Judges an error that the SDK threw or reported. The detail never contains a secret of the connection string. Pure.
 */
export function classifyBusError(error: unknown, connectionString: string): BusFailure {
  const { name = '', code = '', message = '' } = (error ?? {}) as { name?: string; code?: unknown; message?: string };
  const text = withoutSecrets(message || name || 'no reason was given', connectionString);
  const detail = text.replace(/\s+/g, ' ').slice(0, LONGEST_DETAIL);
  return { cause: causeOf(String(code), message), detail };
}

function causeOf(code: string, message: string): ListenerCause {
  // An entity with sessions refuses this receiver for good.
  return CAUSES[code] ?? (/^InvalidOperationError\b/.test(message) ? 'misconfigured' : 'unreachable');
}

/** The SDK does not echo keys as of 7.9.5; this guards against a later version that does. */
function withoutSecrets(text: string, connectionString: string): string {
  const secrets = connectionString
    .split(';')
    .filter((part) => /^\s*SharedAccess(Key|Signature)\s*=/i.test(part))
    .map((part) => part.slice(part.indexOf('=') + 1).trim())
    .filter((secret) => secret !== '');
  return [connectionString, ...secrets].reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);
}
