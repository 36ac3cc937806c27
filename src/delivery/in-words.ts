import type { AttemptReport } from './destination.js';

/** What an operator reads beside a closed gate: the report's own words, else its status and code. */
export function inWords({ detail, httpStatus, errorCode }: AttemptReport): string | null {
  if (detail !== null) return detail;
  const parts = [httpStatus === null ? null : `HTTP ${httpStatus}`, errorCode].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}
