/** The forms of settings. Pure; whether a file exists is checked elsewhere. */
import { isIP } from 'node:net';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * An https address of a server and nothing more: a path, query or credentials would be sent where they do not belong.
 */
export function isHttpsOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'https:' && hasOnlyOrigin(url);
}

/** The address of a proxy; it may contain credentials. The gateway cannot reach a proxy by https. */
export function isProxy(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'http:' && url.pathname === '/' && url.search === '' && url.hash === '';
}

/**
 * An https URL; http on this machine only, for identity servers under test. Entra's endpoints for many tenants are
 * refused: their tokens are issued by the tenants, each under a name of its own.
 */
export function isIssuer(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || /[?#{}\s]/.test(text)) return false;
  if (/\/(common|organizations|consumers)(\/|$)/i.test(url.pathname)) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
}

/** An address or a name to listen on. */
export function isHost(text: string): boolean {
  return isIP(text) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]{0,252})$/.test(text);
}

/**
 * A SQLite file by an absolute path or one that begins with a dot (`sqlite://` would begin a host, as in any URL), or a
 * database on a PostgreSQL server.
 */
export function isDatabaseUrl(text: string): boolean {
  if (/^postgres(ql)?:/i.test(text)) return isPostgresUrl(text);
  return text === 'sqlite::memory:' || /^sqlite:(\.{1,2})?\/(?!\/)[^?#\0]*[^?#\0/]$/.test(text);
}

/** Host and database have to be named: otherwise the client would derive them from the process's user. */
function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:\/\//i.test(text) && url.hostname !== '' && url.pathname.length > 1;
}

/** Entra's ids are GUIDs, a tenant's may be a domain; nothing else can stand in a URL path or a gate's name. */
export function isEntraName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(text);
}

/** What Dataverse takes for a publisher's customization prefix. */
export function isPublisherPrefix(text: string): boolean {
  return /^[a-z][a-z0-9]{1,7}$/.test(text) && !text.startsWith('mscrm');
}

function hasOnlyOrigin(url: URL): boolean {
  return url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
}
