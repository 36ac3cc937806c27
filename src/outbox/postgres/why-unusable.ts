import { messageOf } from '../../kernel/message-of.js';
import { StoreUnusableError } from '../store-unusable.error.js';
import { sqlState } from './postgres-fault.js';

const OF_SERVER: ReadonlyMap<string, string> = new Map([
  ['28P01', 'the password is wrong, or there is no such role'],
  ['28000', 'the server does not let this role in: look at pg_hba.conf, and at sslmode in DATABASE_URL'],
  ['3D000', 'there is no such database: create it'],
  [
    '42501',
    `the role may not do what is needed: GRANT CREATE ON DATABASE to it, or create the schema "gateway" for it`,
  ],
  ['53300', 'it has no connection left: raise max_connections, or run fewer replicas'],
  ['57P03', 'it is starting up or shutting down: start again when it is ready'],
]);

const OF_SYSTEM: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nothing listens there: start the server, or correct host and port in DATABASE_URL'],
  ['ENOTFOUND', 'its host has no address: correct the host in DATABASE_URL'],
  ['EAI_AGAIN', 'its host has no address at the moment: look at the name service'],
  ['ETIMEDOUT', 'it does not answer: look at the network and its firewalls'],
  ['ENOENT', 'a file that DATABASE_URL names (such as sslrootcert) is not there'],
]);

/** Turns any error of opening a database into words for the person who starts the gateway; never with the password. */
export function whyUnusable(databaseUrl: string, error: unknown): StoreUnusableError {
  const message = messageOf(error);
  const what = `the PostgreSQL database ${nameOf(databaseUrl)} cannot be used`;
  if (error instanceof StoreUnusableError) return new StoreUnusableError(`${what}: ${message}`, { code: error.code });
  const reason = advice(error) ?? 'see the cause';
  return new StoreUnusableError(`${what}: ${reason} (${withoutPassword(databaseUrl, message) || codeOf(error)})`, {
    cause: error,
  });
}

/** Host and database alone: everything else may be a secret. */
function nameOf(databaseUrl: string): string {
  const url = URL.parse(databaseUrl);
  return url === null
    ? 'of DATABASE_URL'
    : `${url.pathname.slice(1) || '(of the role)'} on ${url.host || 'this machine'}`;
}

function withoutPassword(databaseUrl: string, message: string): string {
  const password = URL.parse(databaseUrl)?.password ?? '';
  if (password === '') return message;
  return message.replaceAll(password, '***').replaceAll(decodeURIComponent(password), '***');
}

function advice(error: unknown): string | undefined {
  const state = sqlState(error);
  if (state !== null) return OF_SERVER.get(state);
  return OF_SYSTEM.get(codeOf(error)) ?? (isTimeout(error) ? OF_SYSTEM.get('ETIMEDOUT') : undefined);
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : '';
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.includes('timeout');
}
