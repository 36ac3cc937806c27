import type { TargetHints } from '../delivery/destination.js';

const WHOLE = /^\d{1,9}$/;
/** As captured: `1,199.25` seconds, grouped by commas; without them it reads the same. */
const SECONDS = /^(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d{1,9})?$/;

/**
 * What Dataverse says about itself in the headers of any answer: null for a header that is absent, repeated or not a
 * number of the expected form.
 */
export function targetHints(headers: Pick<Headers, 'get'>): TargetHints {
  const parallelism = wholeNumber(headers.get('x-ms-dop-hint'));
  return {
    parallelism: parallelism === 0 ? null : parallelism,
    remainingRequests: wholeNumber(headers.get('x-ms-ratelimit-burst-remaining-xrm-requests')),
    remainingTimeMs: milliseconds(headers.get('x-ms-ratelimit-time-remaining-xrm-requests')),
  };
}

function wholeNumber(header: string | null): number | null {
  const text = header?.trim() ?? '';
  return WHOLE.test(text) ? Number(text) : null;
}

function milliseconds(header: string | null): number | null {
  const text = header?.trim() ?? '';
  return SECONDS.test(text) ? Math.round(Number(text.replaceAll(',', '')) * 1000) : null;
}
