import type { Readable } from 'node:stream';

/**
 * Reads a body up to a limit in bytes; what is longer is dropped with its connection. Never rejects: with the status
 * line known, half a body is half a body and no error.
 */
export async function readBody(body: Readable, limit: number): Promise<{ text: string; complete: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) return { text: '', complete: false };
      chunks.push(chunk);
    }
  } catch {
    return { text: '', complete: false };
  }
  return { text: Buffer.concat(chunks).toString('utf8'), complete: true };
}
