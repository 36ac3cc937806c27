import { ProblemError } from './problem.error.js';

const UTF8_JSON = /^application\/json\s*(?:;\s*charset\s*=\s*(?:utf-8|"utf-8")\s*)?;?\s*$/i;

/**
 * Throws 415 unless the headers announce plain JSON in UTF-8. RFC 8259 knows no other charset, but a client that says
 * `charset=latin1` means it, and its umlauts would arrive as something else.
 */
export function requireJsonContent(contentType: string | undefined, contentEncoding: string | undefined): void {
  if (contentType !== 'application/json' && !UTF8_JSON.test(contentType ?? '')) {
    throw new ProblemError('unsupported-media-type', 'The Content-Type must be application/json in UTF-8.');
  }
  if (contentEncoding !== undefined && contentEncoding !== 'identity') {
    throw new ProblemError('unsupported-media-type', 'The body must not have a Content-Encoding.', {
      headers: { 'Accept-Encoding': 'identity' },
    });
  }
}
