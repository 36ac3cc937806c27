import type { WishedRow } from '../wished/wished-rows.js';
import type { XmlContent } from './xml-document.js';

/** Columns a solution file holds once for each language. */
const LOCALIZED: ReadonlySet<string> = new Set(['description', 'displayname']);

/**
 * A row as the element of a solution file: the unique name is an attribute, every other column an element of its name,
 * in alphabetical order as in the files that solutions are unpacked into. `languageCode` is that of the texts (LCID).
 * Source: learn.microsoft.com, "Create a custom API with solution files".
 */
export function componentElement(row: WishedRow, languageCode: number): { readonly [name: string]: XmlContent } {
  const { uniquename, ...columns } = row;
  const elements = Object.entries(columns)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, value]) => [name, LOCALIZED.has(name) ? labels(String(value), languageCode) : content(value)] as const,
    );
  return {
    ...(uniquename === undefined ? {} : { '@uniquename': content(uniquename) }),
    ...Object.fromEntries(elements),
  };
}

function labels(text: string, languageCode: number): XmlContent {
  return { '@default': text, label: { '@description': text, '@languagecode': languageCode } };
}

/** Booleans are 0 and 1 there. */
function content(value: WishedRow[string]): string | number | null {
  if (typeof value === 'boolean') return Number(value);
  return value !== null && typeof value === 'object' ? Number(value.Value) : value;
}
