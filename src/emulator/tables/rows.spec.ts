import { describe, expect, it } from '@jest/globals';
import { Rows } from './rows.js';
import { Schema } from './schema.js';

const CATALOG = new Schema().get('catalog');
const row = (catalogid: string, name = 'x') => ({ catalogid, name });
const names = (rows: Rows) => rows.of('catalog').map(({ name }) => name);
const kept = () => true;

describe('a transaction', () => {
  it('that is not kept leaves everything as it was', () => {
    const rows = new Rows();
    rows.store(CATALOG, row('a', 'first'));
    rows.store(CATALOG, row('b', 'second'));
    const result = rows.atomically(
      () => {
        rows.store(CATALOG, row('a', 'changed'));
        rows.remove(CATALOG, 'b');
        rows.store(CATALOG, row('c'));
        return 'refused';
      },
      () => false,
    );
    expect(result).toBe('refused');
    expect(names(rows).toSorted()).toEqual(['first', 'second']);
    expect(rows.find('catalog', 'c')).toBeNull();
  });

  it('that throws leaves everything as it was, and throws', () => {
    const rows = new Rows();
    const work = () => {
      rows.store(CATALOG, row('a'));
      throw new Error('cut');
    };
    expect(() => rows.atomically(work, kept)).toThrow('cut');
    expect(rows.of('catalog')).toEqual([]);
  });

  it('within another goes the way of the outer one', () => {
    const rows = new Rows();
    rows.atomically(
      () => {
        rows.store(CATALOG, row('outer'));
        rows.atomically(() => rows.store(CATALOG, row('inner')), kept);
        rows.atomically(
          () => rows.store(CATALOG, row('undone')),
          () => false,
        );
        expect(rows.of('catalog')).toHaveLength(2);
      },
      () => false,
    );
    expect(rows.of('catalog')).toEqual([]);
  });

  it('is told once when it is kept, and not at all when it is not or changed nothing', () => {
    let commits = 0;
    const rows = new Rows(() => {
      commits += 1;
    });
    const twoRows = () => [rows.store(CATALOG, row('a')), rows.atomically(() => rows.store(CATALOG, row('b')), kept)];
    rows.atomically(twoRows, () => false);
    rows.atomically(() => null, kept);
    expect(commits).toBe(0);
    rows.atomically(twoRows, kept);
    expect(commits).toBe(1);
    rows.store(CATALOG, row('c'));
    expect(commits).toBe(2);
  });
});

describe('a row', () => {
  it('gets a higher version with every write, also after its rows were loaded', () => {
    const rows = new Rows();
    rows.load(CATALOG, [{ ...row('a'), versionnumber: 41 }]);
    expect(rows.store(CATALOG, row('b')).versionnumber).toBe(42);
    expect(rows.store(CATALOG, row('b')).versionnumber).toBe(43);
  });

  it('is found by its id in whatever case', () => {
    const rows = new Rows();
    rows.store(CATALOG, row('0199D1A2-0000-4000-8000-0000000000AA'));
    expect(rows.find('catalog', '0199d1a2-0000-4000-8000-0000000000aa')).not.toBeNull();
  });

  it('without an id is a mistake of the caller', () => {
    expect(() => new Rows().store(CATALOG, { name: 'x' })).toThrow(/without catalogid/);
  });
});

it('counts changes by table and in all', () => {
  const rows = new Rows();
  const before = rows.revision;
  rows.store(CATALOG, row('a'));
  rows.remove(CATALOG, 'a');
  expect(rows.revision).toBe(before + 2);
  expect(rows.revisionOf('catalog')).toBe(2);
  expect(rows.revisionOf('customapi')).toBe(0);
});
