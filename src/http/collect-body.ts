import type { IncomingMessage } from 'node:http';
import { GrowingBuffer } from './growing-buffer.js';
import { ProblemError } from './problem.error.js';

/**
 * Reads the whole body of a request. Rejects with a 413 problem as soon as the body is known to be larger than
 * `maxBytes`; one that is announced as too large is not read at all. `arrived` is told of bytes before they are kept,
 * and may throw the problem that refuses them. The request's timeout is the server's.
 */
export function collectBody(
  { raw }: { readonly raw: IncomingMessage },
  maxBytes: number,
  arrived: (bytes: number) => void,
): Promise<Buffer> {
  if (Number(raw.headers['content-length']) > maxBytes) return Promise.reject(tooLarge());
  if (raw.destroyed) return Promise.reject(brokenOff());
  return new Promise((resolve, reject) => {
    const body = new GrowingBuffer();
    const take = (chunk: Buffer) => {
      try {
        if (body.length + chunk.length > maxBytes) throw tooLarge();
        arrived(chunk.length);
        body.add(chunk);
      } catch (error) {
        // The rest of the body is read and dropped.
        settle(() => reject(error));
      }
    };
    const finish = () => settle(() => resolve(body.bytes));
    const fail = () => settle(() => reject(brokenOff()));
    const settle = (tell: () => void) => {
      raw.off('data', take).off('end', finish).off('error', fail).off('close', fail);
      tell();
    };
    raw.on('data', take).on('end', finish).on('error', fail).on('close', fail);
  });
}

function tooLarge(): ProblemError {
  return new ProblemError('payload-too-large', 'The body is larger than this endpoint takes.', {
    headers: { Connection: 'close' },
  });
}

/** Nobody reads this answer: the connection is gone. */
function brokenOff(): ProblemError {
  return new ProblemError('malformed-request', 'The body broke off before its end.');
}
