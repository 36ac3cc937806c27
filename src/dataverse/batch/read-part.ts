import type { BodyPart } from './multipart.js';

/** The HTTP answer that a part of a batch's answer holds. */
export interface PartAnswer {
  readonly status: number;
  /** By lower-case name; repeated ones are joined by commas, as in any HTTP answer. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** False where its body was cut off. */
  readonly complete: boolean;
}

const HEADER = /^([\w!#$%&'*+.^`|~-]+):(.*)$/;
const STATUS_LINE = /^HTTP\/1\.[01] ([1-9]\d\d)(?: .*)?$/;
const HTTP_TYPE = /^application\/http\s*(?:;|$)/i;
const AS_IT_IS = /^(?:binary|8bit|7bit)$/i;

/**
 * The answer in a part, or null where none can be relied on: the part has another type, or its head is not HTTP or has
 * no end. As with any answer, a complete head decides even when the body is cut off.
 */
export function readPart({ text, whole }: BodyPart): PartAnswer | null {
  const [partHead, answer] = cutHead(text, false) ?? [];
  const partHeaders = readHeaders(partHead ?? []);
  if (answer === undefined || partHeaders === null || !holdsHttp(partHeaders)) return null;
  const [head, body] = cutHead(answer, whole) ?? [];
  const [statusLine = '', ...lines] = head ?? [];
  const [, status] = STATUS_LINE.exec(statusLine) ?? [];
  const headers = readHeaders(lines);
  if (status === undefined || headers === null || body === undefined) return null;
  return { status: Number(status), headers, body, complete: whole };
}

/** Type and encoding of the part; MIME's default encoding is `7bit`. */
function holdsHttp(headers: ReadonlyMap<string, string>): boolean {
  return (
    HTTP_TYPE.test(headers.get('content-type') ?? '') &&
    AS_IT_IS.test(headers.get('content-transfer-encoding') ?? '7bit')
  );
}

/**
 * The lines before the first empty one, and the text after it. Without an empty line the part may be only a head: the
 * line end that would make the empty line can be the one that belongs to the boundary.
 */
function cutHead(text: string, mayEnd: boolean): readonly [lines: readonly string[], rest: string] | null {
  if (text.startsWith('\r\n')) return [[], text.slice(2)];
  const end = text.indexOf('\r\n\r\n');
  if (end >= 0) return [text.slice(0, end).split('\r\n'), text.slice(end + 4)];
  return mayEnd ? [text.replace(/\r\n$/, '').split('\r\n'), ''] : null;
}

/** Null where a line is no header; the dot matches no bare CR or LF, so a line with one of them is no header. */
function readHeaders(lines: readonly string[]): ReadonlyMap<string, string> | null {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value.trim() : `${before}, ${value.trim()}`);
  }
  return headers;
}
