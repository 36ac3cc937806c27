import { isXmlCharacter } from '../../tables/rules/is-xml-character.js';

/** One pair of an endpoint's `authvalue`: a header, or a query parameter. */
export type Setting = readonly [name: string, value: string];

const SETTING = /<setting\s+name="([^"]*)"\s+value="([^"]*)"\s*(?:\/>|>\s*<\/setting>)/g;
const DOCUMENT = /^\s*<settings>([\s\S]*)<\/settings>\s*$/;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const REFERENCE = /&#(x[0-9a-f]+|\d+);/gi;

/** The pairs of an `authvalue` of the form `<settings><setting name="..." value="..."/></settings>`; null where it is none. */
export function readSettings(authvalue: string): readonly Setting[] | null {
  const settings = DOCUMENT.exec(authvalue)?.[1];
  if (settings === undefined || settings.replace(SETTING, '').trim() !== '') return null;
  if (![...settings.matchAll(REFERENCE)].every(([, reference = '']) => isXmlCharacter(codePoint(reference))))
    return null;
  return [...settings.matchAll(SETTING)].map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]);
}

function unescaped(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, entity: string) => {
    return entity.startsWith('#') ? String.fromCodePoint(codePoint(entity.slice(1))) : (ENTITIES[entity] ?? whole);
  });
}

/** Of a character reference, without `&#` and `;`. */
function codePoint(reference: string): number {
  return /^x/i.test(reference) ? Number.parseInt(reference.slice(1), 16) : Number.parseInt(reference, 10);
}
