/** More zeros than any double needs: smaller values are 0, and a call cannot hold larger ones. */
const MOST_ZEROS = 400;

/**
 * A decimal as .NET writes it: every given digit, with trailing zeros, and no exponent. Throws a RangeError for a value
 * beyond a double.
 */
export function decimalText(literal: string): string {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? [];
  const digits = `${whole}${fraction}`;
  const shift = /^0*$/.test(digits) ? 0 : Number(exponent);
  if (shift > digits.length + MOST_ZEROS) throw new RangeError('A number of the call is too large.');
  const point = whole.length + shift;
  if (point < -MOST_ZEROS) return `${sign}0`;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  const padded = digits.padEnd(point, '0');
  const rest = padded.slice(point);
  return `${sign}${padded.slice(0, point).replace(/^0+(?=\d)/, '')}${rest === '' ? '' : `.${rest}`}`;
}
