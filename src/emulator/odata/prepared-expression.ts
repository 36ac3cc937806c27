/** An expression in the form the parser needs, and the strings that were taken out of it. */
export interface PreparedExpression {
  /** In place of every string, its index in `strings`: `name eq '0'`. */
  readonly text: string;
  readonly strings: readonly string[];
}

/**
 * Takes out the strings, so that no character in them can disturb the parser, and normalizes white space: queries are
 * pasted from documents, with line breaks. Null where a string has no end.
 */
export function prepareExpression(text: string): PreparedExpression | null {
  const strings: string[] = [];
  const pieces = text.replaceAll(/'((?:[^']|'')*)'/g, (_whole, content: string) => {
    strings.push(content.replaceAll("''", "'"));
    return `'${strings.length - 1}'`;
  });
  if (pieces.split("'").length % 2 === 0) return null;
  const even = pieces
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([(),:]) ?/g, '$1')
    .replaceAll(/\b(and|or|not|eq|ne|gt|ge|lt|le)\(/g, '$1 (')
    .replaceAll(/\)(and|or|eq|ne|gt|ge|lt|le)\b/g, ') $1')
    .trim();
  return { text: even, strings };
}
