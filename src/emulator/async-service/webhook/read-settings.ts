/** One pair of an endpoint's `authvalue`: a header, or a query parameter. */
export type Setting = readonly [name: string, value: string];

const SETTING = /<setting\s+name="([^"]*)"\s+value="([^"]*)"\s*(?:\/>|>\s*<\/setting>)/g;
const DOCUMENT = /^\s*<settings>([\s\S]*)<\/settings>\s*$/;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The pairs of an `authvalue` of the form `<settings><setting name="..." value="..."/></settings>`; null where it is none. */
export function readSettings(authvalue: string): readonly Setting[] | null {
  const settings = DOCUMENT.exec(authvalue)?.[1];
  if (settings === undefined || settings.replace(SETTING, '').trim() !== '') return null;
  return [...settings.matchAll(SETTING)].map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]);
}

function unescaped(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return ENTITIES[entity] ?? whole;
    const isHex = entity[1] === 'x' || entity[1] === 'X';
    return String.fromCodePoint(Number.parseInt(entity.slice(isHex ? 2 : 1), isHex ? 16 : 10));
  });
}
