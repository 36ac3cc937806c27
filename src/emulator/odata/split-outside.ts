/** Splits at a separator that stands outside of parentheses and of strings; the pieces are trimmed. */
export function splitOutside(text: string, separator: string): readonly string[] {
  const pieces: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "'") quoted = !quoted;
    if (quoted) continue;
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character !== separator || depth !== 0) continue;
    pieces.push(text.slice(start, at).trim());
    start = at + 1;
  }
  return [...pieces, text.slice(start).trim()];
}
