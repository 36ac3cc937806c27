import type { PostFailure } from '../endpoint-post.js';
import { webhookFailure } from './webhook-failures.js';

/** The result of sending a request once. */
export type SentOnce =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'timed-out' }
  /** `reason` is the transport's, such as ECONNREFUSED. */
  | { readonly kind: 'broken'; readonly reason: string };

/** What follows from it. */
export type Judgement =
  | { readonly kind: 'done' }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'failed'; readonly failure: PostFailure };

/** The answers after which Dataverse sends once more, and only once. Source: "Use webhooks". */
const REPEATED: readonly number[] = [502, 503, 504];

/** Judges the attempt number `tries`, from 1. Only the status counts; a redirect is no success. */
export function judgeAnswer(sent: SentOnce, tries: number): Judgement {
  switch (sent.kind) {
    case 'answered':
      if (sent.status >= 200 && sent.status < 300) return { kind: 'done' };
      if (tries === 1 && REPEATED.includes(sent.status)) return { kind: 'repeat' };
      return failed('non-success', `The receiver answered ${sent.status}.`);
    case 'timed-out':
      return failed('timed-out', 'The receiver did not answer in time.');
    case 'broken':
      return failed('request-failed', `The connection to the receiver failed: ${sent.reason}.`);
  }
}

function failed(why: Parameters<typeof webhookFailure>[0], detail: string): Judgement {
  return { kind: 'failed', failure: webhookFailure(why, detail) };
}
