import { describe, expect, it } from '@jest/globals';
import type { Row, TableDefinition } from '../tables/table-definition.js';
import { bindQuery } from './bind-query.js';
import { readQuery } from './read-query.js';
import { Relations } from './relations.js';
import type { TableSource } from './table-source.js';
import { Vocabulary } from './vocabulary.js';

const SHELF: TableDefinition = {
  logicalName: 'shelf',
  schemaName: 'Shelf',
  setName: 'shelves',
  primaryKey: 'shelfid',
  primaryName: 'name',
  columns: [{ name: 'name', type: 'string' }],
  lookups: [],
};

const BOOK: TableDefinition = {
  logicalName: 'book',
  schemaName: 'Book',
  setName: 'books',
  primaryKey: 'bookid',
  primaryName: 'name',
  columns: [
    { name: 'name', type: 'string' },
    { name: 'pages', type: 'integer' },
    { name: 'isread', type: 'boolean' },
    { name: 'boughton', type: 'instant' },
    { name: 'note', type: 'string', readable: false },
  ],
  lookups: [
    { column: 'shelfid', navigation: 'ShelfId', target: 'shelf', collection: 'Books', onDelete: 'cascade' },
    { column: 'sequelto', navigation: 'SequelTo', target: 'book', collection: 'Sequels', onDelete: 'remove-link' },
  ],
};

const [UP, DOWN] = ['00000000-0000-4000-8000-0000000000a1', '00000000-0000-4000-8000-0000000000a2'];
const [A, B, C] = ['b1', 'b2', 'b3'].map((end) => `00000000-0000-4000-8000-0000000000${end}`) as [
  string,
  string,
  string,
];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  shelf: [
    { shelfid: UP, name: 'up' },
    { shelfid: DOWN, name: 'down' },
  ],
  book: [
    {
      bookid: A,
      name: 'apple',
      pages: 10,
      isread: true,
      boughton: '2026-01-01T00:00:00Z',
      note: 'x',
      shelfid: UP,
      sequelto: null,
    },
    {
      bookid: B,
      name: 'Banana',
      pages: 9,
      isread: false,
      boughton: '2026-01-01T02:00:00+03:00',
      note: 'x',
      shelfid: UP,
      sequelto: A,
    },
    { bookid: C, name: null, pages: null, isread: null, boughton: null, note: 'x', shelfid: null, sequelto: B },
  ],
};

const SOURCE: TableSource = {
  definitions: [SHELF, BOOK],
  associations: [],
  definition: (name) => [SHELF, BOOK].find(({ logicalName, setName }) => [logicalName, setName].includes(name)) ?? null,
  rows: (name) => ROWS[name] ?? [],
  find: (name, id) => ROWS[name]?.find((row) => row[`${name}id`] === id) ?? null,
};

/** The rows that a query finds, as it shows them. */
function ask(
  table: TableDefinition,
  options: Readonly<Record<string, string>>,
): readonly Readonly<Record<string, unknown>>[] {
  const answering = {
    vocabulary: new Vocabulary(SOURCE),
    relations: new Relations(SOURCE),
    wants: () => false,
    nestedPage: 5000,
    serviceRoot: '',
  };
  const { pick, shape } = bindQuery(readQuery(Object.entries(options)), table, answering);
  return pick(SOURCE.rows(table.logicalName)).map(shape);
}

function booksBy(filter: string): readonly unknown[] {
  return ask(BOOK, { $filter: filter }).map(({ bookid }) => 'ABC'[[A, B, C].indexOf(String(bookid))]);
}

describe('a filter on rows', () => {
  it.each([
    ['name eq null', 'C'],
    ['name ne null', 'AB'],
    ["name ne 'apple'", 'BC'],
    ["name eq 'BANANA'", 'B'],
    ["name gt 'APPLE'", 'B'],
    ["not (name eq 'apple')", 'BC'],
    ['pages gt 9', 'A'],
    ['pages le 10', 'AB'],
    ['pages lt 0 or pages ge 0', 'AB'],
    ['isread', 'A'],
    ['not isread', 'BC'],
    ['isread eq false', 'B'],
    ['false', ''],
    ['boughton lt 2026-01-01T00:00:00Z', 'B'],
    ['boughton eq 2025-12-31T23:00:00Z', 'B'],
    [`_shelfid_value eq ${UP.toUpperCase()}`, 'AB'],
    [`_shelfid_value eq '${UP}'`, 'AB'],
    ["ShelfId/name eq 'up' and SequelTo/ShelfId/name eq 'up'", 'B'],
    ['SequelTo/SequelTo/name ne null', 'C'],
    ["contains(name,'AN')", 'B'],
    ["startswith(SequelTo/name,'b')", 'C'],
    ["endswith(name,'e')", 'A'],
    ['Sequels/any()', 'AB'],
    ['Sequels/any(s:s/pages eq 9)', 'A'],
    ['Sequels/all(s:s/pages eq 9)', 'AC'],
    ['Sequels/any(s:s/pages lt pages)', 'A'],
    ['SequelTo/Sequels/any(s:s/isread eq false)', 'B'],
    ['name eq name and pages eq pages', 'ABC'],
  ])('%s', (filter, expected) => {
    expect(booksBy(filter).join('')).toBe(expected);
  });
});

describe('an order of rows', () => {
  it.each([
    ['name', [null, 'apple', 'Banana']],
    ['name desc', ['Banana', 'apple', null]],
    ['ShelfId/name desc,pages', ['Banana', 'apple', null]],
    ['boughton', [null, 'Banana', 'apple']],
  ])('%s', (order, expected) => {
    expect(ask(BOOK, { $orderby: order }).map(({ name }) => name)).toEqual(expected);
  });
});

describe('what is shown of rows', () => {
  it('is everything but what is kept secret, where nothing is selected', () => {
    expect(ask(BOOK, { $filter: "name eq 'apple'" })).toEqual([
      {
        bookid: A,
        name: 'apple',
        pages: 10,
        isread: true,
        boughton: '2026-01-01T00:00:00Z',
        _shelfid_value: UP,
        _sequelto_value: null,
      },
    ]);
  });

  it('has rows behind collections, filtered, ordered and cut by themselves, and null where a lookup is empty', () => {
    const $expand = 'Books($select=name;$orderby=pages;$top=1;$expand=SequelTo($select=name))';
    expect(ask(SHELF, { $select: 'name', $expand })).toEqual([
      { shelfid: UP, name: 'up', Books: [{ bookid: B, name: 'Banana', SequelTo: { bookid: A, name: 'apple' } }] },
      { shelfid: DOWN, name: 'down', Books: [] },
    ]);
    expect(ask(BOOK, { $select: 'name', $expand: 'ShelfId', $filter: 'name eq null' })).toEqual([
      { bookid: C, name: null, ShelfId: null },
    ]);
  });

  it('is found out before there are rows: what is not there is refused', () => {
    expect(() => ask(SHELF, { $filter: "name eq 'none'", $expand: 'Books($expand=ShelfId($select=nosuch))' })).toThrow(
      "Could not find a property named 'nosuch' on type 'Microsoft.Dynamics.CRM.shelf'.",
    );
    expect(() => ask(BOOK, { $select: 'note' })).toThrow("Could not find a property named 'note'");
    expect(() => ask(BOOK, { $filter: "note eq 'x'" })).toThrow("Could not find a property named 'note'");
  });
});
