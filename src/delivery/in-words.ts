import type { AttemptReport } from './destination.js';

/** What an operator reads beside a closed gate: the report's own words, or its status, and the code to search for. */
export function inWords({ detail, httpStatus, errorCode }: AttemptReport): string | null {
  const what = detail ?? (httpStatus === null ? null : `HTTP ${httpStatus}`);
  const parts = [what, errorCode].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}
