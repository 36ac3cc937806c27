import { ProblemError } from './problem.error.js';

const PARAMETERS = /^(?:;\s*charset\s*=\s*(?:utf-8|"utf-8")\s*)?;?$/i;

/** The headers that say what kind of body it is. */
interface ContentHeaders {
  readonly 'content-type'?: string | undefined;
  readonly 'content-encoding'?: string | undefined;
}

/**
 * Returns the one of the endpoint's media types that the headers announce. Throws 415 for any other, and for a
 * compressed body.
 */
export function requireContent(headers: ContentHeaders, mediaTypes: readonly string[]): string {
  const mediaType = mediaTypes.find((one) => isUtf8MediaType(headers['content-type'], one));
  if (mediaType === undefined) {
    throw new ProblemError('unsupported-media-type', `The Content-Type must be ${mediaTypes.join(' or ')} in UTF-8.`);
  }
  requirePlain(headers);
  return mediaType;
}

/** Throws 415 for a compressed body: its real size is unknown until it is unpacked. */
export function requirePlain({ 'content-encoding': contentEncoding = 'identity' }: ContentHeaders): void {
  if (contentEncoding.toLowerCase() === 'identity') return;
  throw new ProblemError('unsupported-media-type', 'The body must not have a Content-Encoding.', {
    headers: { 'Accept-Encoding': 'identity' },
  });
}

/**
 * Whether a Content-Type announces this media type, in UTF-8. RFC 8259 allows no other charset, but a client that says
 * `charset=latin1` means it, and its umlauts would arrive as other letters.
 */
export function isUtf8MediaType(contentType: string | undefined, mediaType: string): boolean {
  if (contentType === undefined || contentType === mediaType) return contentType === mediaType;
  const type = contentType.slice(0, mediaType.length);
  return type.toLowerCase() === mediaType && PARAMETERS.test(contentType.slice(mediaType.length).trim());
}
