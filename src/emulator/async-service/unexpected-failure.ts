import type { PostFailure } from './endpoint-post.js';

/** A job's failure that no receiver caused. */
export function unexpectedFailure({ message: detail }: Error): PostFailure {
  return { code: '0x80040216', message: 'An unexpected error occurred.', detail };
}
