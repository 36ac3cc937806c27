import { XMLBuilder } from 'fast-xml-parser';
import { NotExportableError } from './not-exportable.error.js';

/** An element's content: attributes begin with `@`, repeated elements are a list, null is an empty element. */
export type XmlContent = string | number | null | readonly XmlContent[] | { readonly [name: string]: XmlContent };

/**
 * Writes a document with one root, two blanks per level, and LF at the end of lines: the same content gives the same
 * bytes. Throws `NotExportableError` for characters that XML 1.0 cannot represent in any way.
 */
export function xmlDocument(root: { readonly [name: string]: XmlContent }): string {
  return `${DECLARATION}${builder.build(root)}`;
}

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';

/** The parser's own entities do not escape line breaks in attributes, which every reader turns into blanks. */
const builder = new XMLBuilder({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  format: true,
  indentBy: '  ',
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
  processEntities: false,
  attributeValueProcessor: (_name, value) => escaped(value),
  tagValueProcessor: (_name, value) => escaped(value),
});

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escaped(value: unknown): string {
  const text = String(value);
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden !== null) throw new NotExportableError(notCarried(text, forbidden));
  return text.replace(/[&<>"'\t\n\r]/g, (character) => REFERENCES[character] ?? character);
}

/** Characters that XML 1.0 excludes: control characters, halves of surrogate pairs, two non-characters. W3C, "Char". */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

function notCarried(text: string, forbidden: RegExpExecArray): string {
  const code = (forbidden[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const around = text.slice(Math.max(0, forbidden.index - 20), forbidden.index + 20).replace(/\p{C}/gu, '?');
  return (
    `The text "${around}" holds the character U+${code}, which no solution file can carry. ` +
    'Take it out of the event definition or the option that says it.'
  );
}
