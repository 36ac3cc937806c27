import type { PostFailure } from '../endpoint-post.js';

const CHECK = 'Please check your webhook request handler.';
const FORMAT = 'names and values are valid for your Service Endpoint entity.';

/** The codes of failed webhooks with their sentences. Source: "Web service error codes". */
const FAILURES = {
  'non-success': [
    '0x80050201',
    `The webhook call failed because the http request received non-success httpStatus code. ${CHECK}`,
  ],
  'timed-out': ['0x80050202', `The webhook call failed because the http request timed out at client side. ${CHECK}`],
  headers: [
    '0x80050203',
    `The webhook call failed because of invalid http headers in authValue. Check if the authValue format, header ${FORMAT}`,
  ],
  'query-parameters': [
    '0x80050204',
    `The webhook call failed because of invalid http query params in authValue. Check if the authValue format, query parameter ${FORMAT}`,
  ],
  'request-failed': [
    '0x80050205',
    'The webhook call failed during http post. Please check the exception for more details.',
  ],
  'too-large': [
    '0x80050207',
    'The webhook call failed because the http request payload has exceeded maximum allowed size. Please reduce your request size and retry.',
  ],
} as const;

/** What a failed webhook call is called. */
export function webhookFailure(why: keyof typeof FAILURES, detail: string): PostFailure {
  const [code, message] = FAILURES[why];
  return { code, message, detail };
}
