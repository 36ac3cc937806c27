/** Lengths count Unicode code points, as JSON Schema does; most texts are judged without counting. */
export function isText(value: unknown, minLength: number, maxLength: number): value is string {
  if (typeof value !== 'string') return false;
  if (value.length <= maxLength) return value.length >= minLength * 2 || codePoints(value) >= minLength;
  return value.length <= maxLength * 2 && codePoints(value) <= maxLength;
}

function codePoints(text: string): number {
  return [...text].length;
}
