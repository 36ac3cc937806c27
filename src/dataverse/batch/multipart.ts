/** A stretch of a multipart body between two boundaries. */
export interface BodyPart {
  readonly text: string;
  /** False where the body ended before the boundary that ends the part. */
  readonly whole: boolean;
}

const MULTIPART = /^\s*multipart\/mixed\s*(?=;)/i;
const PARAMETER = /\s*;\s*([\w!#$%&'*+.^`|~-]+)=(?:"([^"\\]*)"|([^\s;"]+))/y;
/** RFC 2046, 5.1.1. */
const BOUNDARY = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/;
/** What follows a boundary on its line: the mark that it was the last, or blanks and the line's end. */
const LINE_END = /--(?=[ \t]*(?:\r\n|$))|[ \t]*\r\n/y;

/** The boundary that a Content-Type names, or null where it is not multipart/mixed or names none, or two. */
export function boundaryIn(contentType: string): string | null {
  const [type] = MULTIPART.exec(contentType) ?? [];
  if (type === undefined) return null;
  const boundaries: string[] = [];
  PARAMETER.lastIndex = type.length;
  for (let found = PARAMETER.exec(contentType); found !== null; found = PARAMETER.exec(contentType)) {
    const [, name = '', quoted, bare = ''] = found;
    if (name.toLowerCase() === 'boundary') boundaries.push(quoted ?? bare);
  }
  const [boundary = ''] = boundaries;
  return boundaries.length === 1 && BOUNDARY.test(boundary) ? boundary : null;
}

/**
 * The parts of a body, the first `limit` of them, in their order; text before the first boundary and after the last is
 * ignored. Strict, for the bytes come from outside: boundaries begin a line, and lines end in CRLF. The time is linear
 * in the length of any body.
 */
export function splitMultipart(body: string, boundary: string, limit: number): readonly BodyPart[] {
  // The first boundary may begin the body: with a line end in front of it, it is found like the others.
  const text = `\r\n${body}`;
  const parts: BodyPart[] = [];
  let line = nextBoundary(text, boundary, 0);
  while (line !== null && !line.isLast && parts.length < limit) {
    const from = line.end;
    // The line end after one boundary may also begin the next one: an empty part.
    line = nextBoundary(text, boundary, from - 2);
    parts.push({ text: text.slice(from, Math.max(from, line?.start ?? text.length)), whole: line !== null });
  }
  return parts;
}

interface BoundaryLine {
  /** Where the line end that belongs to the boundary begins. */
  readonly start: number;
  /** Where the text after its line begins. */
  readonly end: number;
  readonly isLast: boolean;
}

/** The next line that is a boundary, not one that only begins like it. */
function nextBoundary(text: string, boundary: string, from: number): BoundaryLine | null {
  const delimiter = `\r\n--${boundary}`;
  for (let start = text.indexOf(delimiter, from); start >= 0; start = text.indexOf(delimiter, start + 2)) {
    LINE_END.lastIndex = start + delimiter.length;
    const [ending] = LINE_END.exec(text) ?? [];
    if (ending !== undefined) {
      return { start, end: start + delimiter.length + ending.length, isLast: ending === '--' };
    }
  }
  return null;
}
