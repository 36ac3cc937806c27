/** A request or an answer as a document shows it: a first line, headers, an empty line, a body. */
export interface HttpText {
  readonly first: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Null where there is none. */
  readonly body: string | null;
}

/** Reads a message as HTTP writes it; a line that begins with blanks goes on with the one before. */
export function readHttpText(text: string): HttpText {
  const [head = '', ...rest] = text.split(/\n\n/);
  const [first = '', ...headers] = head.trimEnd().replace(/\n\s+/g, '').split('\n');
  const body = rest.join('\n\n');
  return {
    first,
    headers: headers.map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) throw new Error(`not a header: ${line}`);
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
    body: body.trim() === '' ? null : body,
  };
}

/** The body as JSON, as a list of JSON lines, or as it stands. */
export function readBody(text: string, contentType: string): unknown {
  if (/\bx-ndjson\b/.test(contentType))
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line));
  return /\bjson\b/.test(contentType) ? JSON.parse(text) : text.trim();
}
