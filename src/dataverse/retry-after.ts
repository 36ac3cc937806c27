import type { EpochMs } from '../kernel/clock.js';

/** The longest wait that is respected: a date far ahead must not silence an application user for days. */
const LONGEST_MS = 60 * 60 * 1000;

const SECONDS = /^\d+(\.\d+)?$/;
const WEEKDAY = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds, at most an hour; null when it is absent or unreadable.
 * A date is counted from the answer's own `Date`, so that a wrong clock, theirs or ours, does not matter; only without
 * one is it counted from when the answer came.
 */
export function retryAfterMs(headers: Pick<Headers, 'get'>, receivedAt: EpochMs): number | null {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (SECONDS.test(text)) return Math.min(Math.ceil(Number(text) * 1000), LONGEST_MS);
  const until = parseHttpDate(text);
  if (until === null) return null;
  const from = parseHttpDate(headers.get('date')?.trim() ?? '') ?? receivedAt;
  return Math.min(Math.max(until - from, 0), LONGEST_MS);
}

/** The three forms of RFC 9110, 5.6.7; the one of asctime() names no zone and means GMT. */
function parseHttpDate(text: string): EpochMs | null {
  if (!WEEKDAY.test(text)) return null;
  const instant = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(instant) ? null : instant;
}
