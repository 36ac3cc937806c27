import { ODataError } from './odata.error.js';
import { type Expansion, type Order, type Query, WHOLE_TABLE } from './query.js';
import { readFilter } from './read-filter.js';
import { splitOutside } from './split-outside.js';

type Aliases = ReadonlyMap<string, string>;

/** Dataverse wraps the position in a cookie; ours contains the number of rows before. */
const SKIP_TOKEN = /^<cookie pagenumber="\d+" skipped="(\d+)" istracking="False" \/>$/;

/** Queries of other kinds than OData: if they were ignored, every row would be the answer. */
const OTHER_LANGUAGES: ReadonlySet<string> = new Set(['fetchxml', 'savedquery', 'userquery']);

/**
 * Reads the decoded options of an address. Options without `$` are no part of OData and are ignored. Throws an
 * `ODataError`.
 */
export function readQuery(options: Iterable<readonly [string, string]>): Query {
  const given = [...options].map(([name, value]) => [name.trim(), value] as const);
  const aliases = new Map(given.filter(([name]) => name.startsWith('@')));
  const names = given.map(([name]) => name);
  const unknown = names.find((name) => OTHER_LANGUAGES.has(name.toLowerCase()));
  if (unknown !== undefined) throw new ODataError(`The emulator does not answer '${unknown}'.`, '0x80060888', 501);
  const twice = names.find((name, index) => name.startsWith('$') && names.indexOf(name) < index);
  if (twice !== undefined) {
    refuse(`Query option '${twice}' was specified more than once, but it must be specified at most once.`);
  }
  const read = given
    .filter(([name]) => name.startsWith('$'))
    .map(([name, value]) => readOption(name, value.trim(), aliases));
  return Object.assign({}, WHOLE_TABLE, ...read);
}

/** The `$skiptoken` of the page that follows after so many rows. */
export function skipToken(page: number, skipped: number): string {
  return `<cookie pagenumber="${page}" skipped="${skipped}" istracking="False" />`;
}

function readOption(name: string, value: string, aliases: Aliases): Partial<Query> {
  if (value === '') throw new ODataError(`The value of the query option '${name}' is empty.`);
  switch (name) {
    case '$select':
      return { select: value === '*' ? null : splitOutside(value, ',') };
    case '$filter':
      return { filter: readFilter(value, aliases) };
    case '$orderby':
      return { orderBy: splitOutside(value, ',').map(readOrder) };
    case '$expand':
      return { expand: splitOutside(value, ',').map((item) => readExpansion(item, aliases)) };
    case '$top':
      return { top: readTop(value) };
    case '$count':
      return { count: readCount(value) };
    case '$skiptoken':
      return { skip: Number(SKIP_TOKEN.exec(value)?.[1] ?? refuse('The skip token is not valid.')) };
    // Not about the rows: `$id` names one to be disconnected, `$format` can only be JSON.
    case '$id':
    case '$format':
      return {};
    default:
      return refuse(`The query parameter ${name} is not supported.`, '0x80060888');
  }
}

function readOrder(item: string): Order {
  const [, path, direction] = /^([\w/]+)(?:\s+(asc|desc))?$/.exec(item) ?? [];
  if (path === undefined) return refuse(`Syntax error in '${item}'.`);
  return { path: path.split('/'), descending: direction === 'desc' };
}

function readExpansion(item: string, aliases: Aliases): Expansion {
  const [, navigation, options] = /^(\w+)\s*(?:\(([\s\S]*)\))?$/.exec(item) ?? [];
  if (navigation === undefined) return refuse(`Syntax error in '${item}'.`);
  if (options === undefined) return { navigation, query: WHOLE_TABLE, address: '' };
  const pairs = splitOutside(options, ';').map((option) => {
    const at = option.indexOf('=');
    return at < 0 ? refuse(`Syntax error in '${item}'.`) : ([option.slice(0, at), option.slice(at + 1)] as const);
  });
  const all = [...pairs, ...aliases];
  const address = all.map(([name, value]) => `${name.trim()}=${encodeURIComponent(value)}`).join('&');
  return { navigation, query: readQuery(all), address };
}

function readTop(value: string): number {
  return /^\d+$/.test(value) ? Number(value) : refuse(`Invalid value '${value}' for $top query option found.`);
}

function readCount(value: string): boolean {
  return value === 'true' || (value === 'false' ? false : refuse(`Invalid value '${value}' for $count query option.`));
}

function refuse(message: string, code?: string): never {
  throw new ODataError(message, code);
}
