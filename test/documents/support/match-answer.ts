const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const INSTANT = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d+)?(?:Z|[+-]\\d{2}:\\d{2})';
const TOKEN = new RegExp(`(${UUID}|${INSTANT}|\\.\\.\\.)`);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Members whose text is opaque: what is shown stands for whatever comes. */
const OPAQUE = new Set(['next', 'cursor', 'after']);

/** Texts of a document and what they stand for in this run: ids and cursors. */
export type Bindings = Map<string, string>;

/**
 * Holds a real answer against the one a document shows. What is shown must be there; what is not shown may be. `...`
 * stands for anything, an instant for any instant, a day for any day. A UUID stands for one and the same real one: it
 * is bound at first sight. Returns what differs, each with its place; nothing is bound where something differs.
 */
export function differences(shown: unknown, real: unknown, bindings: Bindings): readonly string[] {
  const found: Bindings = new Map(bindings);
  const all = compare({ shown, real, place: '', bindings: found });
  if (all.length === 0) for (const [name, value] of found) bindings.set(name, value);
  return all;
}

/** Puts what was bound in the place of what the document shows. */
export function withBindings(text: string, bindings: Bindings): string {
  const names = [...bindings.keys()].sort((one, other) => other.length - one.length);
  if (names.length === 0) return text;
  return text.replace(new RegExp(names.map(escaped).join('|'), 'g'), (name) => bindings.get(name) ?? name);
}

interface Pair {
  readonly shown: unknown;
  readonly real: unknown;
  readonly place: string;
  readonly bindings: Bindings;
}

function compare(pair: Pair): readonly string[] {
  const { shown, real } = pair;
  if (shown === '...') return [];
  if (typeof shown === 'string' && typeof real === 'string') return compareTexts(shown, real, pair);
  if (Array.isArray(shown) && Array.isArray(real)) return compareLists(shown, real, pair);
  if (isObject(shown) && isObject(real)) return compareObjects(shown, real, pair);
  return Object.is(shown, real) ? [] : [differs(pair)];
}

function compareTexts(shown: string, real: string, pair: Pair): readonly string[] {
  if (OPAQUE.has(pair.place.split('/').at(-1) ?? '')) return bound(shown, real, pair) ? [] : [differs(pair)];
  if (DAY.test(shown) && DAY.test(real)) return [];
  const match = patternOf(shown).exec(real);
  const ids = [...shown.matchAll(new RegExp(UUID, 'g'))].map(([id]) => id);
  const fits = match !== null && ids.every((id, index) => bound(id, match[index + 1] ?? '', pair));
  return fits ? [] : [differs(pair)];
}

/** What a shown text stands for, with a group for each of its ids. */
function patternOf(shown: string): RegExp {
  const parts = shown.split(TOKEN).map((part) => {
    if (part === '...') return '[\\s\\S]*';
    if (new RegExp(`^${INSTANT}$`).test(part)) return INSTANT;
    return new RegExp(`^${UUID}$`).test(part) ? `(${UUID})` : escaped(part);
  });
  return new RegExp(`^${parts.join('')}$`);
}

function compareLists(shown: readonly unknown[], real: readonly unknown[], pair: Pair): readonly string[] {
  const isOpen = shown.at(-1) === '...';
  const items = isOpen ? shown.slice(0, -1) : shown;
  const lengthFits = isOpen ? real.length >= items.length : real.length === items.length;
  if (!lengthFits) return [`${pair.place || '/'}: ${items.length} items are shown, there are ${JSON.stringify(real)}`];
  return items.flatMap((item, index) =>
    compare({ ...pair, shown: item, real: real[index], place: `${pair.place}/${index}` }),
  );
}

function compareObjects(
  shown: Readonly<Record<string, unknown>>,
  real: Readonly<Record<string, unknown>>,
  pair: Pair,
): readonly string[] {
  return Object.entries(shown).flatMap(([name, value]) =>
    name === '...' ? [] : compare({ ...pair, shown: value, real: real[name], place: `${pair.place}/${name}` }),
  );
}

function bound(name: string, value: string, { bindings }: Pair): boolean {
  const known = bindings.get(name);
  if (known === undefined) bindings.set(name, value);
  return known === undefined || known === value;
}

function differs({ shown, real, place }: Pair): string {
  return `${place || '/'}: ${JSON.stringify(shown)} is shown, ${JSON.stringify(real)} is there`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
