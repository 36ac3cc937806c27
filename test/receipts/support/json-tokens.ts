const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/**
 * The tokens of a JSON text, strings without their escapes and numbers as they stand: two texts with the same tokens are
 * the same JSON value, members in the same order, digit for digit.
 */
export function jsonTokens(text: string): readonly string[] {
  return (text.match(TOKEN) ?? []).map((token) => (token.startsWith('"') ? `"${JSON.parse(token)}` : token));
}
