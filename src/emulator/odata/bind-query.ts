import type { Row, TableDefinition } from '../tables/table-definition.js';
import { bindFilter } from './bind-filter.js';
import { type Binding, bindValue } from './bind-path.js';
import { orderOf } from './compare-cells.js';
import type { Expansion, Order, Query } from './query.js';
import { skipToken } from './read-query.js';
import type { Relations } from './relations.js';
import { shapeProperty } from './shape-property.js';
import type { Vocabulary } from './vocabulary.js';

/** What queries of one request are answered from. */
export interface Answering {
  readonly vocabulary: Vocabulary;
  readonly relations: Relations;
  /** Which annotations the client wants. */
  readonly wants: (annotation: string) => boolean;
  /** How many rows of an expanded collection are returned with their row; a link leads to the rest. */
  readonly nestedPage: number;
  /** What such links begin with. */
  readonly serviceRoot: string;
}

/** A row as JSON shows it. */
export type ShapedRow = Readonly<Record<string, unknown>>;

/** A query whose names are all known. */
export interface BoundQuery {
  /** The rows that the query asks for, in its order; `$top` and pages are not applied. */
  readonly pick: (rows: readonly Row[]) => readonly Row[];
  readonly shape: (row: Row) => ShapedRow;
}

/** Looks up every name of a query, also in expansions. Throws an `ODataError` for an unknown one. */
export function bindQuery(query: Query, table: TableDefinition, answering: Answering): BoundQuery {
  const { vocabulary, relations } = answering;
  const binding = { vocabulary, relations, table, variables: new Map() };
  const test = query.filter === null ? null : bindFilter(query.filter, binding);
  const compare = query.orderBy.length === 0 ? null : bindOrder(query.orderBy, binding);
  return {
    pick: (rows) => {
      const picked = test === null ? rows : rows.filter(test);
      return compare === null ? picked : picked.toSorted(compare);
    },
    shape: bindShape(query, table, answering),
  };
}

function bindOrder(orderBy: readonly Order[], binding: Binding): (one: Row, other: Row) => number {
  const keys = orderBy.map(({ path, descending }) => ({ ...bindValue(path, binding), sign: descending ? -1 : 1 }));
  const variables = new Map();
  return (one, other) => {
    for (const { type, read, sign } of keys) {
      const order = orderOf(read({ row: one, variables }), read({ row: other, variables }), type);
      if (order !== 0) return order * sign;
    }
    return 0;
  };
}

/** The primary key is always selected. */
function bindShape(query: Query, table: TableDefinition, answering: Answering): (row: Row) => ShapedRow {
  const { vocabulary, wants } = answering;
  const selected = query.select?.map((name) => vocabulary.property(table, name)) ?? [
    ...vocabulary.properties(table).values(),
  ];
  const properties = new Set([...selected, vocabulary.property(table, table.primaryKey)]);
  const expand = query.expand.map((expansion) => bindExpansion(expansion, table, answering));
  return (row) => ({
    ...etagOf(row),
    ...Object.fromEntries(
      [...properties].flatMap((property) => shapeProperty(property, row, { source: vocabulary.source, wants })),
    ),
    ...Object.assign({}, ...expand.map((expanded) => expanded(row))),
  });
}

function etagOf({ versionnumber }: Row): ShapedRow {
  return versionnumber === undefined ? {} : { '@odata.etag': `W/"${versionnumber}"` };
}

/** The members that an expansion adds to a row. */
function bindExpansion(expansion: Expansion, table: TableDefinition, answering: Answering): (row: Row) => ShapedRow {
  const { navigation: name, query } = expansion;
  const navigation = answering.vocabulary.navigation(table, name);
  const { pick, shape } = bindQuery(query, navigation.target, answering);
  if (navigation.kind === 'single') {
    return (row) => {
      const related = answering.relations.one(row, navigation);
      return { [name]: related === null ? null : shape(related) };
    };
  }
  return (row) => {
    const id = row[table.primaryKey];
    const picked = pick(answering.relations.many(id, navigation)).slice(0, query.top ?? undefined);
    const shown = picked.slice(0, answering.nestedPage);
    const place = `${answering.serviceRoot}/${table.setName}(${id})/${name}`;
    const rest = shown.length < picked.length ? linkTo(place, expansion, shown.length) : null;
    return { [name]: shown.map(shape), ...(rest === null ? {} : { [`${name}@odata.nextLink`]: rest }) };
  };
}

/** Without a position, a link leads to the whole collection. */
function linkTo(place: string, { address }: Expansion, shown: number): string {
  const token = shown === 0 ? [] : [`$skiptoken=${encodeURIComponent(skipToken(2, shown))}`];
  const options = [...(address === '' ? [] : [address]), ...token].join('&');
  return options === '' ? place : `${place}?${options}`;
}
