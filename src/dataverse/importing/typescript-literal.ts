/** What a declaration can hold. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [name: string]: Literal };

const WIDTH = 120;

interface Place {
  /** The indentation of the line it begins on. */
  readonly indent: number;
  /** How many characters of the width the text before and after it takes, beyond the indentation. */
  readonly taken: number;
}

/**
 * A value as a TypeScript literal, laid out as this repository's formatter would: on one line where it fits. Texts are
 * data from elsewhere: they always stay within their quotes, and nothing in them is invisible.
 */
export function typescriptLiteral(value: Literal, { indent, taken }: Place): string {
  const onOneLine = flat(value);
  if (!isBrokenAnyway(value) && indent + taken + onOneLine.length <= WIDTH) return onOneLine;
  if (Array.isArray(value)) return brokenList(value as readonly Literal[], indent);
  return typeof value === 'object' && value !== null
    ? brokenObject(value as { readonly [name: string]: Literal }, indent)
    : onOneLine;
}

/** An object with each member on a line of its own. */
export function brokenObject(object: { readonly [name: string]: Literal }, indent: number): string {
  const members = Object.entries(object).map(([name, value]) => memberLine(name, value, indent + 2));
  return ['{', ...members, `${spaces(indent)}}`].join('\n');
}

/** `name: value,` on its line; a text that is too long for the line begins on the next one. */
export function memberLine(name: string, value: Literal, indent: number): string {
  const taken = name.length + ': ,'.length;
  const text = typescriptLiteral(value, { indent, taken });
  const isTooLong = typeof value === 'string' && indent + taken + text.length > WIDTH;
  return isTooLong ? `${spaces(indent)}${name}:\n${spaces(indent + 2)}${text},` : `${spaces(indent)}${name}: ${text},`;
}

function brokenList(list: readonly Literal[], indent: number): string {
  const items = list.map(
    (item) => `${spaces(indent + 2)}${typescriptLiteral(item, { indent: indent + 2, taken: 1 })},`,
  );
  return ['[', ...items, `${spaces(indent)}]`].join('\n');
}

function flat(value: Literal): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value).replace('e+', 'e');
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`;
  const members = Object.entries(value).map(([name, member]) => `${name}: ${flat(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** The formatter never leaves several objects of several members on one line. */
function isBrokenAnyway(value: Literal): boolean {
  return (
    Array.isArray(value) &&
    value.length > 1 &&
    value.every(
      (item) => typeof item === 'object' && item !== null && !Array.isArray(item) && Object.keys(item).length > 1,
    )
  );
}

/** In the quotes that need fewer escapes, single ones where it makes no difference. */
function quoted(text: string): string {
  const quote = count(text, "'") > count(text, '"') ? '"' : "'";
  return `${quote}${text.replace(/[\p{C}\p{Zl}\p{Zp}\\'"]/gu, (character) => escaped(character, quote))}${quote}`;
}

function escaped(character: string, quote: string): string {
  if (character === '\\') return '\\\\';
  if (character === "'" || character === '"') return character === quote ? `\\${quote}` : character;
  if (character === '\n') return '\\n';
  const codes = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('');
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function spaces(count: number): string {
  return ' '.repeat(count);
}
