/** One operation as it stands in a `$batch`. */
export interface BatchOperation {
  readonly method: string;
  readonly uri: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** A parsed `$batch`. A change set is a case of its own, since it is valid and not emulated. */
export type ParsedBatch =
  | { readonly kind: 'operations'; readonly operations: readonly BatchOperation[] }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'change-set' };

const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/;

/** The boundary that a content type names, or null where it is not multipart/mixed. */
export function boundaryOf(contentType: string): string | null {
  const match = /^multipart\/mixed\s*;(?:.*;)?\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  return match?.[1] ?? match?.[2] ?? null;
}

/**
 * Parses a body by Dataverse's rules, which are stricter than MIME's: every line ends in CRLF, even the one after the
 * last boundary. Bodies are kept byte for byte.
 */
export function parseBatch(body: Buffer, boundary: string): ParsedBatch {
  // Latin-1 maps every byte to one character and back: offsets in the text are offsets in the bytes.
  const [preamble, ...pieces] = `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`);
  if (preamble !== '' || pieces.pop() !== '--\r\n' || pieces.length === 0) return { kind: 'malformed' };
  const operations: BatchOperation[] = [];
  for (const piece of pieces) {
    const operation = piece.startsWith('\r\n') ? parsePart(piece.slice(2)) : 'malformed';
    if (typeof operation === 'string') return { kind: operation };
    operations.push(operation);
  }
  return { kind: 'operations', operations };
}

function parsePart(part: string): BatchOperation | 'malformed' | 'change-set' {
  const [head, request] = cut(part);
  const headers = readHeaders(head.split('\r\n'));
  if (headers === null) return 'malformed';
  const contentType = headers.get('content-type') ?? '';
  if (/^multipart\/mixed/i.test(contentType)) return 'change-set';
  const isHttp = /^application\/http\s*(;|$)/i.test(contentType);
  if (!isHttp || headers.get('content-transfer-encoding')?.toLowerCase() !== 'binary') return 'malformed';
  return parseRequest(request);
}

function parseRequest(request: string): BatchOperation | 'malformed' {
  const [head, body] = cut(request);
  const [requestLine = '', ...lines] = head.split('\r\n');
  const [, method, uri] = REQUEST_LINE.exec(requestLine) ?? [];
  const headers = readHeaders(lines);
  if (method === undefined || uri === undefined || headers === null) return 'malformed';
  return { method, uri, headers, body: Buffer.from(body, 'latin1') };
}

/** The text before and after the first blank line. Without one, everything is head. */
function cut(text: string): [head: string, rest: string] {
  const end = text.indexOf('\r\n\r\n');
  return end < 0 ? [text.replace(/\r\n$/, ''), ''] : [text.slice(0, end), text.slice(end + 4)];
}

/** Null where a line is no header: one with a bare line feed in it among them, since a dot matches none. */
function readHeaders(lines: readonly string[]): ReadonlyMap<string, string> | null {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    headers.set(name.toLowerCase(), value);
  }
  return headers;
}
