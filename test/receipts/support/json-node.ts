import fc from 'fast-check';

/** A JSON value that remembers what a JavaScript one would not: the spelling of words and numbers, the order of members. */
export type JsonNode =
  | string
  | { readonly string: string }
  | { readonly list: readonly JsonNode[] }
  | { readonly members: readonly (readonly [name: string, node: JsonNode])[] };

/** How a value is written: with what space, and how strings are spelled. */
interface Style {
  readonly space: string;
  readonly spell: (text: string) => string;
}

const STYLES: readonly Style[] = [
  { space: '', spell: (text) => JSON.stringify(text).replaceAll('/', '\\/') },
  { space: ' ', spell: (text) => JSON.stringify(text) },
  { space: '\r\n\t ', spell: (text) => `"${text.replace(/[^a-z]/gs, unicodeEscapes)}"` },
];

/** Values as texts, in one of the styles each. */
export function writtenIn(nodes: fc.Arbitrary<JsonNode>): fc.Arbitrary<string> {
  return fc
    .tuple(nodes, fc.constantFrom(...STYLES))
    .map(([node, style]) => `${style.space}${write(node, style)}${style.space}`);
}

function write(node: JsonNode, style: Style): string {
  const { space, spell } = style;
  if (typeof node === 'string') return node;
  if ('string' in node) return spell(node.string);
  if ('list' in node)
    return `[${space}${node.list.map((item) => write(item, style)).join(`${space},${space}`)}${space}]`;
  const members = node.members.map(([name, member]) => `${spell(name)}${space}:${space}${write(member, style)}`);
  return `{${space}${members.join(`${space},${space}`)}${space}}`;
}

function unicodeEscapes(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
