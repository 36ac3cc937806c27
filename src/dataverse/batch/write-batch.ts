import { randomUUID } from 'node:crypto';

/** One POST within a `$batch`. */
export interface BatchOperation {
  /** Path and query from the root of the origin. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A `$batch` as it goes out. */
export interface WrittenBatch {
  readonly contentType: string;
  readonly body: string;
}

/**
 * Writes operations as multipart/mixed, without a change set: each is a transaction of its own. Every line ends in
 * CRLF, even the one after the last boundary; to anything else Dataverse answers "Stream was not readable". See
 * learn.microsoft.com, Execute batch operations using the Web API.
 */
export function writeBatch(operations: readonly BatchOperation[], newId: () => string = randomUUID): WrittenBatch {
  const texts = operations.map(writeOperation);
  const boundary = boundaryNotIn(texts, newId);
  const parts = texts.map((text) => `--${boundary}\r\n${text}\r\n`);
  return {
    contentType: `multipart/mixed; boundary="${boundary}"`,
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}

/** From the part's headers to the end of the operation's body. */
function writeOperation({ path, headers, body }: BatchOperation): string {
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    `POST ${path} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');
}

/** A random boundary would do; but the content comes from outside, and the check is cheap. */
function boundaryNotIn(texts: readonly string[], newId: () => string): string {
  for (;;) {
    const boundary = `batch_${newId()}`;
    if (!texts.some((text) => text.includes(boundary))) return boundary;
  }
}
