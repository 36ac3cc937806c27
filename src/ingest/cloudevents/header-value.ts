import { isUtf8 } from 'node:buffer';

const PRINTABLE = /^[\x20-\x7e]*$/;
const QUOTED = /^"((?:[^"\\]|\\.)*)"$/;
const ESCAPED = /\\(.)/g;
const STRAY_PERCENT = /%(?![0-9A-Fa-f]{2})/;
const ENCODED = /%([0-9A-Fa-f]{2})/g;

/**
 * The attribute value that a header of binary mode holds: first unquoted, then percent-decoded once, as UTF-8. Null
 * where it breaks the rules of the HTTP binding (section 3.1.3.2): raw characters beyond ASCII, half a quoted string,
 * a percent sign that encodes nothing, bytes that are no UTF-8.
 */
export function decodeHeaderValue(header: string): string | null {
  const text = PRINTABLE.test(header) ? unquote(header) : null;
  if (text === null || STRAY_PERCENT.test(text)) return null;
  if (!text.includes('%')) return text;
  const octets = text.replace(ENCODED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const bytes = Buffer.from(octets, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

function unquote(text: string): string | null {
  if (!text.includes('"')) return text;
  const content = QUOTED.exec(text)?.[1];
  return content === undefined ? null : content.replace(ESCAPED, '$1');
}
