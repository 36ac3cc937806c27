import type { Readable } from 'node:stream';

/**
 * Reads a body up to a limit in bytes; what is longer is dropped with its connection. Never rejects: with the status
 * line known, half a body is half a body and no error. What came of it is there: parts of a batch may be decided by it.
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
