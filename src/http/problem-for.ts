import { HttpException } from '@nestjs/common';
import { ProblemError } from './problem.error.js';
import type { ProblemSlug } from './problem-types.js';

/** Seconds after which a repeat is worth trying: about as long as a full disk queue or a restart lasts. */
const RETRY_AFTER = { 'Retry-After': '5' };

interface KnownFailure {
  readonly slug: ProblemSlug;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Failures that carry a stable code of their own: those of the store (src/outbox/storage.error.ts) and of Fastify. */
const BY_CODE: Readonly<Record<string, KnownFailure>> = {
  'storage-not-stored': {
    slug: 'storage-unavailable',
    detail: 'The database did not take it; nothing was stored.',
    headers: RETRY_AFTER,
  },
  'storage-unknown': {
    slug: 'storage-unknown',
    detail: 'The database did not say whether it was stored. Send it again with the same key.',
    headers: RETRY_AFTER,
  },
  'storage-closed': {
    slug: 'shutting-down',
    detail: 'The gateway is stopping; nothing was stored.',
    headers: { ...RETRY_AFTER, Connection: 'close' },
  },
  FST_ERR_CTP_BODY_TOO_LARGE: { slug: 'payload-too-large', detail: 'The body is larger than this endpoint takes.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    slug: 'unsupported-media-type',
    detail: 'The Content-Type is missing, or none that this endpoint takes.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    slug: 'malformed-request',
    detail: 'The body is not as long as Content-Length says.',
  },
  FST_ERR_BAD_URL: { slug: 'malformed-request', detail: 'The path is not a valid URL path.' },
  FST_ERR_MAX_PARAM_LENGTH: { slug: 'not-found', detail: 'Nothing has so long a name.' },
};

/** The problem that a failure is answered with, or null for an unforeseen one: that is a 500 and a line in the log. */
export function problemFor(error: unknown): ProblemError | null {
  if (error instanceof ProblemError) return error;
  const known = BY_CODE[codeOf(error)] ?? BY_CODE[codeOf(causeOf(error))];
  if (known !== undefined)
    return new ProblemError(known.slug, known.detail, { headers: known.headers ?? {}, cause: error });
  return problemForStatus(error);
}

function problemForStatus(error: unknown): ProblemError | null {
  if (!(error instanceof HttpException)) return null;
  const status = error.getStatus();
  if (status === 404) return new ProblemError('not-found', 'There is nothing at this path.', { cause: error });
  if (status >= 500) return null;
  return new ProblemError('malformed-request', 'The request could not be read.', { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
