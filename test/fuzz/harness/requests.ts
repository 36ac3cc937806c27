import type { SeededRandom } from '../../faults/harness/seeded-random.js';

export interface RequestParts {
  readonly method: string;
  readonly target: string;
  /** Null for a stranger. */
  readonly apiKey: string | null;
  readonly headers?: readonly string[];
  readonly body?: Buffer | null;
  /** By default one that fits the body. */
  readonly contentType?: string | null;
}

/** The bytes of a well-formed request around whatever is put into it. */
export function requestBytes({ method, target, apiKey, headers = [], body = null, ...more }: RequestParts): Buffer {
  const { contentType = 'application/json' } = more;
  const lines = [
    `${method} ${target} HTTP/1.1`,
    'Host: gateway',
    ...(apiKey === null ? [] : [`Authorization: Bearer ${apiKey}`]),
    ...headers,
    ...(body === null ? [] : [`Content-Length: ${body.length}`]),
    ...(body === null || contentType === null ? [] : [`Content-Type: ${contentType}`]),
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return body === null ? head : Buffer.concat([head, body]);
}

/** The same body in chunks, as clients send what they have not finished writing. */
export function inChunks(body: Buffer, random: SeededRandom): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const size = random.between(1, Math.max(1, Math.min(8_192, body.length - at)));
    parts.push(Buffer.from(`${size.toString(16)}\r\n`), body.subarray(at, at + size), Buffer.from('\r\n'));
    at += size;
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
