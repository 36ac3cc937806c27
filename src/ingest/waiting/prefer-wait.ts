/** A longer wait is cut to this: proxies in between give up on an answer that takes a minute. */
const LONGEST_SECONDS = 30;

const SEPARATED_BY = {
  ',': /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g,
  ';': /(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g,
};

/**
 * How many seconds a `Prefer` header asks to wait (RFC 7240), at most 30; null where it does not ask, or cannot be
 * understood: a preference is never a reason to refuse a request. The first `wait` counts.
 */
export function preferredWait(header: string | undefined): number | null {
  for (const preference of header?.match(SEPARATED_BY[',']) ?? []) {
    const [main = ''] = preference.match(SEPARATED_BY[';']) ?? [];
    const equals = main.indexOf('=');
    if (equals === -1 || main.slice(0, equals).trim().toLowerCase() !== 'wait') continue;
    const [, seconds] = /^"?(\d+)"?$/.exec(main.slice(equals + 1).trim()) ?? [];
    return seconds === undefined ? null : Math.min(Number(seconds), LONGEST_SECONDS);
  }
  return null;
}
