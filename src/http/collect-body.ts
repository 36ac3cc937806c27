import type { IncomingMessage } from 'node:http';
import { ProblemError } from './problem.error.js';

/**
 * The whole body of a request. Rejects with a 413 problem as soon as it is known to be larger than `maxBytes`: what is
 * announced as too large is not read at all. The request's timeout is the server's.
 */
export function collectBody({ raw }: { readonly raw: IncomingMessage }, maxBytes: number): Promise<Buffer> {
  if (Number(raw.headers['content-length']) > maxBytes) return Promise.reject(tooLarge());
  if (raw.destroyed) return Promise.reject(brokenOff());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      // What still comes flows by unread: the answer closes the connection.
      if (length > maxBytes) settle(() => reject(tooLarge()));
    };
    const finish = () => settle(() => resolve(Buffer.concat(chunks, length)));
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
