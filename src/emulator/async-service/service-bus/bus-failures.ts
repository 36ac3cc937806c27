import type { PostFailure } from '../endpoint-post.js';

/** The codes of failed posts to Service Bus. Source: "Web service error codes"; the sentences are the emulator's own. */
const FAILURES = {
  'post-failed': ['0x80044175', 'The Service Bus post failed.'],
  postponed: ['0x80044179', 'The Service Bus post is postponed.'],
  'too-large': ['0x80050208', 'The Service Bus message has exceeded the maximum allowed size.'],
  'not-configured': ['0x80081112', 'The service endpoint is not configured for posts to Service Bus.'],
} as const;

/** What a failed post to Service Bus is called. */
export function busFailure(why: keyof typeof FAILURES, detail: string): PostFailure {
  const [code, message] = FAILURES[why];
  return { code, message, detail };
}
