/**
 * The milliseconds that a Retry-After header asks to wait, or null where it is missing or makes no sense. A date is
 * counted from the answer's own `Date`, because clocks differ.
 */
export function parseRetryAfter(header: string | null, date: string | null): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1_000;
  const from = date === null ? Date.now() : Date.parse(date);
  const ms = Date.parse(header) - from;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
