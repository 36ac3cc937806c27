import { describe, expect, it } from '@jest/globals';
import { objectOf, oneOf, reader, textAs } from './json-reader.js';

const flag = reader((value): value is boolean => typeof value === 'boolean', 'must be a flag');
const digits = textAs((text) => (/^\d+$/.test(text) ? Number(text) : undefined), 'must be digits');
const read = objectOf({ name: oneOf('a', 'b'), count: digits, deep: objectOf({ flag }, ['flag']) }, ['name']);

describe('a reader of objects', () => {
  it('reads what is declared, each by its own reader, and nothing into what is absent', () => {
    expect(read({ name: 'a', count: '12', deep: { flag: true } }, '')).toEqual({
      kind: 'read',
      value: { name: 'a', count: 12, deep: { flag: true } },
    });
    expect(read({ name: 'b' }, '')).toEqual({ kind: 'read', value: { name: 'b' } });
  });

  it('reads objects without a prototype, as a query is', () => {
    expect(read(Object.assign(Object.create(null), { name: 'a' }), '')).toMatchObject({ kind: 'read' });
  });

  it.each<[unknown, readonly string[]]>([
    [{}, ['/name is required']],
    [{ name: 'c' }, ['/name must be "a" or "b"']],
    [{ name: undefined }, ['/name must be "a" or "b"']],
    [{ name: 'a', count: 12 }, ['/count must be digits']],
    [{ name: 'a', count: ['1'] }, ['/count must be digits']],
    [{ name: 'a', deep: {} }, ['/deep/flag is required']],
    [{ name: 'a', deep: { flag: 1, x: 1 } }, ['/deep/flag must be a flag', '/deep/x is not a known property']],
    [{ name: 'a', 'x/y~z': 1 }, ['/x~1y~0z is not a known property']],
    [{ x: 1 }, ['/x is not a known property', '/name is required']],
    [JSON.parse('{"name":"a","__proto__":1}'), ['/__proto__ is not a known property']],
    [
      { name: 'a', constructor: 1, toString: 1 },
      ['/constructor is not a known property', '/toString is not a known property'],
    ],
    [[], [' must be an object']],
    [null, [' must be an object']],
    ['a', [' must be an object']],
  ])('refuses %j, naming every fault', (value, faults) => {
    const reading = read(value, '');
    expect(reading.kind).toBe('refused');
    expect(reading.kind === 'refused' && reading.faults.map(({ pointer, detail }) => `${pointer} ${detail}`)).toEqual(
      faults,
    );
  });
});
