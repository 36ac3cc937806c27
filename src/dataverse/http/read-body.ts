import type { Readable } from 'node:stream';

/**
 * Reads a body up to a limit in bytes; a longer one is cut off together with its connection. Never rejects: once the
 * status line is known, a partial body is no error. The part that arrived is returned: parts of a batch may be decided
 * by it.
 */
export async function readBody(body: Readable, limit: number): Promise<{ text: string; complete: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      chunks.push(chunk);
      if (size > limit) return { text: textOf(chunks, limit), complete: false };
    }
  } catch {
    return { text: textOf(chunks, size), complete: false };
  }
  return { text: textOf(chunks, size), complete: true };
}

function textOf(chunks: readonly Buffer[], bytes: number): string {
  return Buffer.concat(chunks).toString('utf8', 0, bytes);
}
