import type { IncomingMessage } from 'node:http';

/** It is undefined which of two would count, and proxies may choose the other one (RFC 9110, section 5.3). */
const ONCE_ONLY: ReadonlySet<string> = new Set([
  'host',
  'authorization',
  'x-api-key',
  'content-type',
  'content-encoding',
  'content-length',
  'transfer-encoding',
]);
const ONCE_ONLY_LENGTHS = new Set([...ONCE_ONLY].map(({ length }) => length));

/** A name or an address with or without a port; empty where the target names no authority (RFC 9112, section 3.2). */
const HOST = /^(?:[\w.~!$&'()*+,;=%-]+|\[[0-9a-fA-F:.]+\])?(?::\d{0,5})?$/;

type Head = Pick<IncomingMessage, 'headers' | 'httpVersion' | 'rawHeaders' | 'url'>;

/**
 * What HTTP forbids and Node's parser accepts, or null: everything that could make a proxy before us and us read
 * different requests out of the same bytes. What the parser itself refuses, `answerClientError` answers.
 */
export function requestFault({ headers, httpVersion, rawHeaders, url = '' }: Head): string | null {
  const { host } = headers;
  // Node's parser also accepts 0.9 and 2.0, which are other protocols, and reads what follows as if it were 1.1.
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 'The only versions of HTTP here are 1.1 and 1.0.';
  if (host === undefined && httpVersion === '1.1') return 'The Host header is missing.';
  if (host !== undefined && !HOST.test(host)) return 'The Host header names no host.';
  const twice = nameGivenTwice(rawHeaders);
  if (twice !== null) return `The ${twice} header is given more than once.`;
  return framingFault(headers['transfer-encoding'], httpVersion) ?? targetFault(url);
}

/** Node keeps the first of two and silently drops the other. */
function nameGivenTwice(rawHeaders: readonly string[]): string | null {
  let seen = '';
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const raw = rawHeaders[index] ?? '';
    if (!ONCE_ONLY_LENGTHS.has(raw.length)) continue;
    const name = raw.toLowerCase();
    if (!ONCE_ONLY.has(name)) continue;
    if (seen.includes(` ${name} `)) return name;
    seen += ` ${name} `;
  }
  return null;
}

/** Node decodes the chunks and nothing else: it hands on a body that is still compressed as if it were plain. */
function framingFault(transferEncoding: string | undefined, httpVersion: string): string | null {
  if (transferEncoding === undefined) return null;
  if (httpVersion !== '1.1') return 'HTTP/1.0 has no Transfer-Encoding.';
  return transferEncoding.toLowerCase() === 'chunked' ? null : 'The only Transfer-Encoding is chunked.';
}

function targetFault(url: string): string | null {
  if (url.includes('#')) return 'A request has no fragment.';
  const query = url.indexOf('?');
  return query === -1 || isDecodable(url, query) ? null : 'The query has an escape that is none, or is not UTF-8.';
}

/** The query parser takes `%zz` for three characters, and bytes that are no UTF-8 for U+FFFD. */
function isDecodable(url: string, query: number): boolean {
  if (!url.includes('%', query)) return true;
  try {
    decodeURIComponent(url.slice(query));
    return true;
  } catch {
    return false;
  }
}
